export type PlayerState = 'unstarted' | 'cued' | 'playing' | 'paused' | 'buffering' | 'ended';

/**
 * The player that the sync engine commands. All calls return at once; their effects show later, in the state and the
 * position. Positions are seconds from the start of the video.
 */
export interface PlayerPort {
  /** Loads the video and plays it from there. */
  load(videoId: string, startS: number): void;
  /** Loads the video and shows it, not playing, at that position. */
  cue(videoId: string, startS: number): void;
  play(): void;
  pause(): void;
  /** Moves a playing or paused player; it goes on as it was. Starts a player that is cued or ended. */
  seekTo(positionS: number): void;
  setRate(rate: number): void;
  state(): PlayerState;
  positionS(): number;
  /** 0 while it is not known; of a live stream how long it has gone on. */
  durationS(): number;
  /** Whether the player says that the video is a live stream; it may not say so of one that is. */
  saysLive(): boolean;
  /** The playback rates on offer; at least 1. */
  rates(): readonly number[];
}
