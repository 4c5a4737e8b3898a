import { AUTOPLAY_PATIENCE_MS, PAUSED_DEAD_BAND_S, REASSERT_MS, SETTLE_MS } from '../constants';
import type { Clock } from './clock';
import type { DriftWatch } from './driftWatch';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerState } from './player';
import type { PlayerDriver } from './playerDriver';

/** Brings the player to a target that does not play: pauses it, and puts it on the target's frame. */
export class PausedSync {
  private readonly clock: Clock;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly drift: DriftWatch;

  private seekOncePaused = false;
  private contradictedSinceMs: number | undefined;

  constructor(clock: Clock, driver: PlayerDriver, target: PlaybackTarget, drift: DriftWatch) {
    this.clock = clock;
    this.driver = driver;
    this.target = target;
    this.drift = drift;
  }

  follow(state: PlayerState, toleranceS: number): void {
    const isNear = Math.abs(this.target.behindS()) <= toleranceS;
    if (state === 'playing' || state === 'buffering') {
      this.driver.pause();
      // A player that is told to jump before it has paused may play on.
      this.seekOncePaused = true;
    } else if (state === 'paused') {
      this.driver.pause();
      if (!isNear) this.driver.seek(this.target.positionS());
    } else if (!isNear) {
      // A seek would start a player that is cued or ended.
      this.driver.cue(this.target.videoId, this.target.positionS());
    } else if (this.driver.sinceOperationMs < AUTOPLAY_PATIENCE_MS) {
      this.driver.pause();
    }
  }

  /** To be called before each operation: it takes the place of a seek that waits for a pause. */
  forgetSeek(): void {
    this.seekOncePaused = false;
  }

  /** To be called often: pauses a player again that plays on, or whose start comes late. */
  reassert(state: PlayerState): void {
    const nowMs = this.clock.nowMs();
    this.contradictedSinceMs = state === 'playing' ? (this.contradictedSinceMs ?? nowMs) : undefined;
    if (this.contradictedSinceMs === undefined) return;
    const contradictedMs = nowMs - this.contradictedSinceMs;
    const isLateStart = this.driver.mayStartLate && this.driver.sinceOperationMs > contradictedMs;
    const isIgnored = Math.min(contradictedMs, this.driver.sinceOperationMs) >= REASSERT_MS;
    if (isLateStart || isIgnored) this.driver.pause();
  }

  /** To be called often while the player is paused, for then it costs nothing to move. */
  correctFrame(): void {
    const isFar = Math.abs(this.target.behindS()) > PAUSED_DEAD_BAND_S;
    if (this.seekOncePaused) {
      this.seekOncePaused = false;
      if (isFar) this.driver.seek(this.target.positionS());
    } else if (!isFar) {
      this.drift.seeksHelped();
    } else if (this.driver.sinceOperationMs >= SETTLE_MS && this.drift.maySeek(this.driver.sinceSeekMs)) {
      this.driver.seek(this.target.positionS());
      this.drift.seekMade();
    }
  }
}
