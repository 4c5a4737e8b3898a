import { BUFFERING_PATIENCE_MS, DRIFT_TOLERANCE_S, SELF_TOLERANCE_S, SETTLE_MS } from '../constants';
import type { DriftWatch } from './driftWatch';
import type { Playability } from './playability';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerState } from './player';
import type { PlayerDriver } from './playerDriver';

/** Brings the player to a target that plays, and keeps it in step from then on by jumps and nudges. */
export class PlayingSync {
  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly playability: Playability;
  private readonly drift: DriftWatch;

  private bufferingSinceMs: number | undefined;

  constructor(
    around: PlaybackSurroundings,
    driver: PlayerDriver,
    target: PlaybackTarget,
    playability: Playability,
    drift: DriftWatch,
  ) {
    this.around = around;
    this.driver = driver;
    this.target = target;
    this.playability = playability;
    this.drift = drift;
  }

  follow(state: PlayerState, toleranceS: number): void {
    if (this.target.isEnded()) return;
    const targetS = this.target.positionS();
    const behindS = this.target.behindS();
    const isNear = Math.abs(behindS) <= toleranceS;
    if (state === 'playing' || state === 'buffering') {
      if (!isNear) this.driver.jump(targetS);
      // A pause of ours may still be on its way to a player that reports to be playing.
      else if (!this.driver.isStarting && this.driver.sinceOperationMs < SETTLE_MS) this.driver.play();
      return;
    }
    if (isNear && this.driver.isStarting) return;
    // A position that is near now may be far off by the time that the player has started.
    if (Math.abs(behindS + this.driver.expectedStartLossS) <= toleranceS) this.driver.play();
    else if (state === 'paused') this.driver.jumpAndPlay(targetS);
    else this.driver.load(this.target.videoId, targetS);
  }

  /** To be called often, whether the target plays or not: a stall may begin before the room plays. */
  notice(state: PlayerState): void {
    this.bufferingSinceMs = state === 'buffering' ? (this.bufferingSinceMs ?? this.nowMs()) : undefined;
  }

  /** To be called often while the target plays. */
  correct(state: PlayerState): void {
    if (this.target.isEnded()) this.driver.setRate(1);
    else if (state === 'playing') this.correctDrift();
    else if (state === 'buffering') this.correctStall();
    else if (state === 'ended') this.correctEarlyEnd();
    else this.playability.noticeStandstill();
  }

  private correctDrift(): void {
    const nowMs = this.nowMs();
    const behindS = this.drift.settledS(this.target.behindS(), nowMs);
    if (behindS === undefined) return;
    if (!this.drift.isNudging) this.driver.learnLostTime();
    const correction = this.drift.correction({
      nowMs,
      behindS,
      positionS: this.driver.positionS() ?? 0,
      canNudge: !this.around.isHidden() && this.driver.offersNudges,
      sinceSeekMs: this.driver.sinceSeekMs,
    });
    if (correction.kind === 'seek') this.driver.jump(this.target.positionS());
    else if (correction.kind === 'nudge') this.driver.setRate(correction.rate);
    else if (this.driver.rate !== 1) this.endNudge();
  }

  private endNudge(): void {
    this.driver.setRate(1);
    this.drift.unsettle(this.nowMs(), SETTLE_MS);
  }

  private correctStall(): void {
    const stalledMs = this.nowMs() - (this.bufferingSinceMs ?? this.nowMs());
    const isFar = Math.abs(this.target.behindS()) > DRIFT_TOLERANCE_S;
    const hasWaited = Math.min(stalledMs, this.driver.sinceSeekMs) >= BUFFERING_PATIENCE_MS;
    if (isFar && hasWaited) this.driver.jump(this.target.positionS());
  }

  /** The player's video ended before the room's: a jump aimed past the end, or the room was moved back. */
  private correctEarlyEnd(): void {
    if (!this.playability.startIsOverdue) return;
    const targetS = this.target.positionS();
    if (this.driver.durationS - targetS > SELF_TOLERANCE_S) this.driver.load(this.target.videoId, targetS);
  }

  private nowMs(): number {
    return this.around.clock.nowMs();
  }
}
