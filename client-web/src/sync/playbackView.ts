import type { PlayerState } from './player';

/** The playback as the page shows it. */
export interface PlaybackView {
  readonly videoId: string;
  /** Whether the room plays, as far as we know or have just asked for. */
  readonly playing: boolean;
  /** Whether the room's position is past the end of the video. */
  readonly ended: boolean;
  readonly playerState: PlayerState | 'none';
  /** Where this player is, or will be once a jump has arrived, s; in steps of 0.25 s. */
  readonly positionS: number;
  /** 0 while it is not known. */
  readonly durationS: number;
  /**
   * Player minus room, ms, positive while this player is ahead: the median of the last second in steps of 10 ms, so
   * that it can be read; null while there is nothing to compare.
   */
  readonly deltaMs: number | null;
  /** Whether the browser refused to start the player without a click. */
  readonly blocked: boolean;
  /** Whether the video is a live stream: it can be played and paused together, and not be sought in. */
  readonly live: boolean;
  /** How far this player is behind the edge of a live stream, s, whole. */
  readonly behindEdgeS: number;
  /** Whether there is a player that can show the room's video; without one the page commands nothing. */
  readonly takesPart: boolean;
}
