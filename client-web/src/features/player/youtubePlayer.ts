import type { PlayerPort, PlayerState } from '../../sync/player';
import type { YouTubeApi, YouTubeApiPlayer } from './youtubeApi';

/** The privacy-enhanced host: YouTube sets no cookies until a person plays. */
const HOST = 'https://www.youtube-nocookie.com';

const STATES: Readonly<Record<number, PlayerState>> = {
  [-1]: 'unstarted',
  0: 'ended',
  1: 'playing',
  2: 'paused',
  3: 'buffering',
  5: 'cued',
};

interface YouTubePlayerEvents {
  onReady(): void;
  onStateChange(): void;
  /** With YouTube's error code. */
  onError(code: number): void;
  onAutoplayBlocked(): void;
}

/** YouTube's player in the form that the sync engine needs. Its own controls are off: ours are below the picture. */
export class YouTubePlayer implements PlayerPort {
  private readonly api: YouTubeApiPlayer;

  constructor(api: YouTubeApi, element: HTMLElement, videoId: string, events: YouTubePlayerEvents) {
    this.api = new api.Player(element, {
      host: HOST,
      videoId,
      playerVars: {
        autoplay: 0,
        controls: 0,
        // Keys in the picture count as gestures like any other, and some (captions, speed) exist only there.
        disablekb: 0,
        fs: 0,
        iv_load_policy: 3,
        playsinline: 1,
        rel: 0,
        origin: window.location.origin,
      },
      events: {
        // Never before the constructor has returned.
        onReady: () => queueMicrotask(events.onReady),
        onStateChange: () => events.onStateChange(),
        onError: event => events.onError(event.data),
        onAutoplayBlocked: () => events.onAutoplayBlocked(),
      },
    });
  }

  load(videoId: string, startS: number): void {
    this.api.loadVideoById(videoId, startS);
  }

  cue(videoId: string, startS: number): void {
    this.api.cueVideoById(videoId, startS);
  }

  play(): void {
    this.api.playVideo();
  }

  pause(): void {
    this.api.pauseVideo();
  }

  seekTo(positionS: number): void {
    this.api.seekTo(positionS, true);
  }

  setRate(rate: number): void {
    this.api.setPlaybackRate(rate);
  }

  state(): PlayerState {
    return STATES[this.api.getPlayerState()] ?? 'unstarted';
  }

  positionS(): number {
    return this.api.getCurrentTime() || 0;
  }

  durationS(): number {
    const durationS = this.api.getDuration();
    return Number.isFinite(durationS) ? durationS : 0;
  }

  saysLive(): boolean {
    return this.api.getVideoData?.()?.isLive === true || this.api.getDuration() === Number.POSITIVE_INFINITY;
  }

  rates(): readonly number[] {
    return this.api.getAvailablePlaybackRates() ?? [1];
  }

  /** The id of the video that the player has; empty if YouTube does not report it. */
  videoId(): string {
    return this.api.getVideoData?.()?.video_id ?? '';
  }

  /** Empty if YouTube does not report it. */
  title(): string {
    return this.api.getVideoData?.()?.title ?? '';
  }

  /** Sets the sound for this person alone, 0 … 100. */
  setSound(volumePercent: number, muted: boolean): void {
    this.api.setVolume(volumePercent);
    if (muted) this.api.mute();
    else this.api.unMute();
  }

  destroy(): void {
    this.api.destroy();
  }
}
