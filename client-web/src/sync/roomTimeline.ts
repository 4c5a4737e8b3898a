import { HEARTBEAT_WINDOW_SAMPLES } from '../constants';

/** The room's playback, as the server told it at one moment. */
export interface RoomPlayback {
  /** Empty while no video is set. */
  readonly videoId: string;
  readonly playing: boolean;
  /** At the moment of sending, s. */
  readonly positionS: number;
}

/**
 * Where the room is, at any time: the last change, and the heartbeats since.
 *
 * A message on its way only ever loses time, so of the recent ones the one that puts the room furthest is the one
 * that came fastest, and wins; a late heartbeat moves nothing.
 */
export class RoomTimeline {
  private readonly videoIdOfChange: string;
  private readonly playingSinceChange: boolean;
  private readonly positionOfChangeS: number;
  /** Position minus local time of each message while playing, s. */
  private readonly originsS: number[] = [];

  constructor(change: RoomPlayback, nowMs: number) {
    this.videoIdOfChange = change.videoId;
    this.playingSinceChange = change.playing;
    this.positionOfChangeS = change.positionS;
    this.heartbeat(change.positionS, nowMs);
  }

  get videoId(): string {
    return this.videoIdOfChange;
  }

  get playing(): boolean {
    return this.playingSinceChange;
  }

  heartbeat(positionS: number, nowMs: number): void {
    this.originsS.push(positionS - nowMs / 1000);
    if (this.originsS.length > HEARTBEAT_WINDOW_SAMPLES) this.originsS.shift();
  }

  /** The room's position now, s: while it plays, that of the fastest message and the way that this one took. */
  positionS(nowMs: number, latencyMs: number): number {
    if (!this.playingSinceChange) return this.positionOfChangeS;
    return Math.max(...this.originsS) + (nowMs + latencyMs) / 1000;
  }
}
