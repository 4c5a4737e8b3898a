import type { CSSProperties } from 'react';
import { KEY_SEEK_S } from '../../constants';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useStore } from '../../ui/useStore';
import { ScrubBar } from './ScrubBar';
import type { Fullscreen } from './useFullscreen';
import type { Sound } from './useSound';

interface Props {
  readonly session: Session;
  readonly sound: Sound;
  readonly fullscreen: Fullscreen;
}

/** The room's controls: what is pressed here happens for everyone, but for the sound and the size. */
export function Controls({ session, sound, fullscreen }: Props) {
  const { playback } = session;
  const videoId = useStore(playback.view, view => view.videoId);
  const positionS = useStore(playback.view, view => view.positionS);
  const durationS = useStore(playback.view, view => view.durationS);
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const takesPart = useStore(playback.view, view => view.takesPart);
  const isOff = !isOnline || !takesPart;
  return (
    <fieldset className="flex flex-wrap items-center gap-x-1 gap-y-0 rounded-2xl bg-surface px-2 py-1.5 @xl:flex-nowrap">
      <legend className="sr-only">Playback</legend>
      <PlayButton session={session} disabled={isOff} />
      <Button
        look="icon"
        aria-label="Back 5 seconds"
        disabled={isOff}
        onClick={() => playback.seekBy(-KEY_SEEK_S)}
      >
        <Icon name="back" />
      </Button>
      <Button
        look="icon"
        aria-label="Forward 5 seconds"
        disabled={isOff}
        onClick={() => playback.seekBy(KEY_SEEK_S)}
      >
        <Icon name="forward" />
      </Button>
      <div className="order-first flex basis-full px-2 @xl:order-none @xl:basis-auto @xl:grow">
        <ScrubBar
          videoId={videoId}
          positionS={positionS}
          durationS={durationS}
          disabled={isOff}
          onSeek={targetS => playback.seekTo(targetS)}
          onStep={stepS => playback.seekBy(stepS)}
        />
      </div>
      <div className="ml-auto flex items-center">
        <Button
          look="icon"
          aria-label="Mute"
          aria-pressed={sound.muted}
          title="For you alone (M)"
          onClick={sound.toggleMuted}
        >
          <Icon name={sound.muted ? 'muted' : 'sound'} />
        </Button>
        <input
          type="range"
          className="range w-20 @max-xs:hidden"
          style={{ '--fill': `${sound.volumePercent}%` } as CSSProperties}
          aria-label="Volume"
          min={0}
          max={100}
          step={5}
          value={sound.volumePercent}
          onChange={event => sound.setVolumePercent(event.target.valueAsNumber)}
        />
        {fullscreen.isSupported && (
          <Button
            look="icon"
            aria-label={fullscreen.isOn ? 'Leave full screen' : 'Full screen'}
            title="F"
            onClick={fullscreen.toggle}
          >
            <Icon name={fullscreen.isOn ? 'leaveFullscreen' : 'fullscreen'} />
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function PlayButton({ session, disabled }: { session: Session; disabled: boolean }) {
  const { playback } = session;
  const ended = useStore(playback.view, view => view.ended);
  const playing = useStore(playback.view, view => view.playing && !view.blocked);
  const label = ended ? 'Play again' : playing ? 'Pause' : 'Play';
  return (
    <Button
      look="round"
      aria-label={label}
      title={`${label} for everyone (space)`}
      disabled={disabled}
      onClick={() => playback.toggle()}
    >
      <Icon name={ended ? 'replay' : playing ? 'pause' : 'play'} className="size-6" />
    </Button>
  );
}
