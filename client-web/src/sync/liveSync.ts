import { LIVE_EDGE_S, SETTLE_MS } from '../constants';
import type { Playability } from './playability';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerState } from './player';
import type { PlayerDriver } from './playerDriver';

/**
 * Keeps the player of a live stream in step. Only whether it plays is followed: a player cannot be held at a position
 * that the stream leaves behind. Each start is taken up at the stream's edge.
 */
export class LiveSync {
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly playability: Playability;

  private goesToEdge = true;

  constructor(driver: PlayerDriver, target: PlaybackTarget, playability: Playability) {
    this.driver = driver;
    this.target = target;
    this.playability = playability;
  }

  /** Takes the stream up at its edge as soon as it plays. Another video may turn out to be a stream only then. */
  goToEdgeOncePlaying(): void {
    this.goesToEdge = true;
  }

  /** Takes the player to the edge now. */
  jumpToEdge(): void {
    if (!this.driver.isLive) return;
    this.driver.seekToEdge();
    if (!this.target.playing) this.driver.pause();
  }

  follow(state: PlayerState): void {
    const isUnderWay = state === 'playing' || state === 'buffering';
    const mayHaveOther = this.driver.sinceOperationMs < SETTLE_MS;
    if (!this.target.playing) {
      if (isUnderWay || mayHaveOther) this.driver.pause();
      return;
    }
    if (!isUnderWay) this.goesToEdge = true;
    if (!isUnderWay || (!this.driver.isStarting && mayHaveOther)) this.driver.play();
  }

  /** To be called often while the target plays. */
  correct(state: PlayerState): void {
    if (state === 'playing') this.takeUpAtEdge();
    else if (state !== 'buffering' && state !== 'ended') this.playability.noticeStandstill();
  }

  private takeUpAtEdge(): void {
    if (!this.goesToEdge) return;
    this.goesToEdge = false;
    if (this.driver.behindEdgeS > LIVE_EDGE_S) this.driver.seekToEdge();
  }
}
