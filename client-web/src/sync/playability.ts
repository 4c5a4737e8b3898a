import { AUTOPLAY_PATIENCE_MS } from '../constants';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerDriver } from './playerDriver';

/** Whether the player can show the video that it should: the browser may want a click first, or the video fails. */
export class Playability {
  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;

  private blocked = false;
  private failedVideoId = '';
  private lacksPlayer = false;

  constructor(around: PlaybackSurroundings, driver: PlayerDriver, target: PlaybackTarget) {
    this.around = around;
    this.driver = driver;
    this.target = target;
  }

  /** Whether the browser refused to start the player without a click. */
  get isBlocked(): boolean {
    return this.blocked;
  }

  /** Whether there is no picture, and none will come by itself. */
  get hasFailed(): boolean {
    return this.lacksPlayer || (this.failedVideoId !== '' && this.failedVideoId === this.target.videoId);
  }

  /** A page without a picture commands nothing: it would stop a film that only the others see. */
  get takesPart(): boolean {
    const { videoId } = this.target;
    return this.driver.isAttached && videoId !== '' && videoId !== this.failedVideoId;
  }

  /** Whether the player has been left alone for so long that a start would have come about. */
  get startIsOverdue(): boolean {
    return !this.around.isHidden() && this.driver.sinceOperationMs >= AUTOPLAY_PATIENCE_MS;
  }

  /** To be called while the player stands still although it should play. */
  noticeStandstill(): void {
    if (this.startIsOverdue) this.blocked = true;
  }

  block(): void {
    this.blocked = true;
  }

  unblock(): void {
    this.blocked = false;
  }

  /** The player cannot show the target's video. */
  fail(): void {
    this.failedVideoId = this.target.videoId;
  }

  /** No player will come. */
  lackPlayer(): void {
    this.lacksPlayer = true;
  }

  /** Forgets all obstacles: the player plays, or gets another video, or is gone. */
  reset(): void {
    this.blocked = false;
    this.failedVideoId = '';
    this.lacksPlayer = false;
  }
}
