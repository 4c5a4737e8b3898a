import {
  DEAD_BAND_S,
  DRIFT_TOLERANCE_S,
  MAX_SEEK_GAP_MS,
  MEDIAN_SAMPLES,
  NUDGE_TRIAL_MS,
  NUDGE_TRIAL_SHARE,
  SEEK_GAP_MS,
  SEEK_WITHOUT_RATES_S,
} from '../constants';
import { type Correction, correctionFor, nudgeIsOver } from './correction';
import { median } from './median';

interface Sight {
  readonly nowMs: number;
  /** The settled difference, room minus player, s. */
  readonly behindS: number;
  /** Where the player is, s. */
  readonly positionS: number;
  readonly canNudge: boolean;
  readonly sinceSeekMs: number;
}

interface Nudge {
  readonly rate: number;
  readonly sinceMs: number;
  readonly fromS: number;
}

/**
 * Watches how far the player is from the room, and decides on corrections that do not stutter: it waits until the
 * player has settled, takes a median, and lets jumps become rarer while they do not help.
 */
export class DriftWatch {
  private settledFromMs = 0;
  private samplesS: number[] = [];
  private beyondSinceMs: number | undefined;
  private nudge: Nudge | undefined;
  private nudgesInRow = 0;
  private seekGapMs = SEEK_GAP_MS;

  /** Something happened to the player: observations count only after this time. */
  unsettle(nowMs: number, settleMs: number): void {
    this.settledFromMs = nowMs + settleMs;
    this.samplesS = [];
    this.beyondSinceMs = undefined;
    this.nudge = undefined;
  }

  get isNudging(): boolean {
    return this.nudge !== undefined;
  }

  /** The median difference with this one; undefined until the player has settled and enough was seen. */
  settledS(behindS: number, nowMs: number): number | undefined {
    if (nowMs < this.settledFromMs) return undefined;
    this.samplesS = [...this.samplesS, behindS].slice(-MEDIAN_SAMPLES);
    return this.samplesS.length < MEDIAN_SAMPLES ? undefined : median(this.samplesS);
  }

  /** The correction to make now. A nudge that goes on is judged again each time, since the room may be elsewhere than it seemed. */
  correction(sight: Sight): Correction {
    const { nowMs, behindS, canNudge, sinceSeekMs } = sight;
    const distanceS = Math.abs(behindS);
    if (distanceS <= SEEK_WITHOUT_RATES_S) {
      this.beyondSinceMs = undefined;
      this.seeksHelped();
    } else {
      this.beyondSinceMs ??= nowMs;
    }
    if (distanceS <= DEAD_BAND_S) this.nudgesInRow = 0;

    const maySeek = this.maySeek(sinceSeekMs);
    const mustSeek = maySeek && distanceS > DRIFT_TOLERANCE_S;
    if (this.nudge && !mustSeek) return this.goOnNudging(this.nudge, sight);

    const persistedMs = this.beyondSinceMs === undefined ? 0 : nowMs - this.beyondSinceMs;
    const correction = correctionFor({
      behindS,
      persistedMs,
      canNudge,
      nudgesInRow: this.nudgesInRow,
      maySeek,
    });
    if (correction.kind === 'seek') this.seekMade();
    if (correction.kind === 'nudge') {
      this.nudgesInRow++;
      this.nudge = { rate: correction.rate, sinceMs: nowMs, fromS: sight.positionS };
    }
    return correction;
  }

  private goOnNudging(nudge: Nudge, { nowMs, behindS, positionS, canNudge }: Sight): Correction {
    const elapsedS = (nowMs - nudge.sinceMs) / 1000;
    const moved = (positionS - nudge.fromS - elapsedS) / (elapsedS * (nudge.rate - 1));
    const isIgnored = elapsedS * 1000 >= NUDGE_TRIAL_MS && moved < NUDGE_TRIAL_SHARE;
    if (canNudge && !isIgnored && !nudgeIsOver(nudge.rate, behindS)) {
      return { kind: 'nudge', rate: nudge.rate };
    }
    this.nudge = undefined;
    return { kind: 'none' };
  }

  /** Whether enough time has passed since the last jump. */
  maySeek(sinceSeekMs: number): boolean {
    return sinceSeekMs >= this.seekGapMs;
  }

  seekMade(): void {
    this.seekGapMs = Math.min(this.seekGapMs * 2, MAX_SEEK_GAP_MS);
  }

  seeksHelped(): void {
    this.seekGapMs = SEEK_GAP_MS;
  }
}
