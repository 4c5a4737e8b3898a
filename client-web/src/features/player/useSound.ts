import { useCallback, useEffect, useState } from 'react';
import { storage } from '../../ui/storage';
import type { YouTubePlayer } from './youtubePlayer';

const VOLUME_KEY = 'watchparty.volume';
const FULL_VOLUME = 100;

export interface Sound {
  readonly volumePercent: number;
  readonly muted: boolean;
  readonly setVolumePercent: (volumePercent: number) => void;
  readonly toggleMuted: () => void;
}

/** The sound for this person alone; the volume is remembered. */
export function useSound(player: YouTubePlayer | undefined): Sound {
  const [volumePercent, setVolume] = useState(rememberedVolume);
  const [muted, setMuted] = useState(false);

  useEffect(() => {
    player?.setSound(volumePercent, muted);
  }, [player, volumePercent, muted]);

  const setVolumePercent = useCallback((next: number) => {
    setVolume(next);
    setMuted(next === 0);
    if (next > 0) storage.write(VOLUME_KEY, String(next));
  }, []);
  const toggleMuted = useCallback(() => {
    setMuted(was => !was);
    setVolume(was => was || FULL_VOLUME);
  }, []);
  return { volumePercent: muted ? 0 : volumePercent, muted, setVolumePercent, toggleMuted };
}

function rememberedVolume(): number {
  const remembered = Number.parseInt(storage.read(VOLUME_KEY) ?? '', 10);
  return remembered > 0 && remembered <= FULL_VOLUME ? remembered : FULL_VOLUME;
}
