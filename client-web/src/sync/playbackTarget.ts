import { SELF_TOLERANCE_S } from '../constants';
import type { CommandKind } from './command';
import type { PendingCommands } from './pendingCommands';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlayerDriver } from './playerDriver';
import { type RoomPlayback, RoomTimeline } from './roomTimeline';

/**
 * The playback that this player is held to, and how far the player is from it. It is the room's playback, or while a
 * command is pending, the playback that the command asks of the room.
 */
export class PlaybackTarget {
  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly pending: PendingCommands;

  private room: RoomTimeline;

  constructor(around: PlaybackSurroundings, driver: PlayerDriver, pending: PendingCommands) {
    this.around = around;
    this.driver = driver;
    this.pending = pending;
    this.room = this.timelineOf({ videoId: '', playing: false, positionS: 0 });
  }

  // The room.

  /** Whether the room plays, whatever is pending. */
  get roomPlays(): boolean {
    return this.room.playing;
  }

  /** The room's playback now, as the server told it; a video that has ended does not play. */
  roomPlayback(): RoomPlayback {
    const { videoId, playing } = this.room;
    const positionS = this.room.positionS(this.nowMs(), this.around.latencyMs());
    const { durationS } = this.driver;
    const ended = durationS > 0 && positionS >= durationS;
    return { videoId, playing: playing && !ended, positionS: ended ? durationS : positionS };
  }

  setRoom(playback: RoomPlayback): void {
    this.room = this.timelineOf(playback);
  }

  changeRoom(kind: CommandKind, positionS: number): void {
    const playing = kind === 'seek' ? this.room.playing : kind === 'play';
    this.room = this.timelineOf({ videoId: this.room.videoId, playing, positionS });
  }

  heartbeat(positionS: number): void {
    this.room.heartbeat(positionS, this.nowMs());
  }

  // The target.

  /** Empty while no video is set. */
  get videoId(): string {
    return this.timeline.videoId;
  }

  get playing(): boolean {
    return this.timeline.playing;
  }

  positionS(): number {
    return this.timeline.positionS(this.nowMs(), this.around.latencyMs());
  }

  /** Whether the target is past the end of the video. A live stream has no end. */
  isEnded(): boolean {
    const { durationS } = this.driver;
    return !this.driver.isLive && durationS > 0 && this.videoId !== '' && this.positionS() >= durationS;
  }

  // The player, compared with the target.

  /** Target minus player, s; 0 without a player. */
  behindS(): number {
    const positionS = this.driver.positionS();
    return positionS === null ? 0 : this.positionS() - positionS;
  }

  /** Player minus target, ms, positive while this player is ahead; null while there is nothing to compare. */
  deltaMs(): number | null {
    const positionS = this.driver.positionS();
    const isIncomparable = this.driver.isLive || this.videoId === '' || this.isEnded();
    if (positionS === null || isIncomparable) return null;
    return Math.round((positionS - this.positionS()) * 1000);
  }

  /**
   * The player's position, unless it is so far off (stalled, blocked) that it would drag the room along. None in a live
   * stream: there the room's clock only says for how long it has been playing.
   */
  timeOfPlayer(toleranceS = SELF_TOLERANCE_S): { timeS?: number } {
    if (this.driver.isLive) return {};
    const positionS = this.driver.positionS();
    return positionS !== null && Math.abs(positionS - this.positionS()) <= toleranceS
      ? { timeS: positionS }
      : {};
  }

  private get timeline(): RoomTimeline {
    return this.pending.target ?? this.room;
  }

  private timelineOf(playback: RoomPlayback): RoomTimeline {
    return new RoomTimeline(playback, this.nowMs());
  }

  private nowMs(): number {
    return this.around.clock.nowMs();
  }
}
