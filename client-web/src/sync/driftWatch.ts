import {
  DEAD_BAND_S,
  MAX_SEEK_GAP_MS,
  MEDIAN_SAMPLES,
  SEEK_GAP_MS,
  SEEK_WITHOUT_RATES_S,
} from '../constants';
import { type Correction, correctionFor } from './correction';
import { median } from './median';

interface Sight {
  readonly nowMs: number;
  /** The settled difference, room minus player, s. */
  readonly behindS: number;
  readonly canNudge: boolean;
  readonly sinceSeekMs: number;
}

/**
 * Watches how far the player is from the room, and decides on corrections that do not stutter: it waits until the
 * player has settled, takes a median, and lets jumps become rarer while they do not help.
 */
export class DriftWatch {
  private settledFromMs = 0;
  private samplesS: number[] = [];
  private beyondSinceMs: number | undefined;
  private nudgeUntilMs = Number.NEGATIVE_INFINITY;
  private nudgesInRow = 0;
  private seekGapMs = SEEK_GAP_MS;

  /** Something happened to the player: what is seen counts only after this time. */
  unsettle(nowMs: number, settleMs: number): void {
    this.settledFromMs = nowMs + settleMs;
    this.samplesS = [];
    this.beyondSinceMs = undefined;
    this.nudgeUntilMs = Number.NEGATIVE_INFINITY;
  }

  isNudging(nowMs: number): boolean {
    return nowMs < this.nudgeUntilMs;
  }

  /** The median difference with this one; undefined until the player has settled and enough was seen. */
  settledS(behindS: number, nowMs: number): number | undefined {
    if (nowMs < this.settledFromMs) return undefined;
    this.samplesS = [...this.samplesS, behindS].slice(-MEDIAN_SAMPLES);
    return this.samplesS.length < MEDIAN_SAMPLES ? undefined : median(this.samplesS);
  }

  correction({ nowMs, behindS, canNudge, sinceSeekMs }: Sight): Correction {
    const distanceS = Math.abs(behindS);
    if (distanceS <= SEEK_WITHOUT_RATES_S) {
      this.beyondSinceMs = undefined;
      this.seeksHelped();
    } else {
      this.beyondSinceMs ??= nowMs;
    }
    if (distanceS <= DEAD_BAND_S) this.nudgesInRow = 0;

    const persistedMs = this.beyondSinceMs === undefined ? 0 : nowMs - this.beyondSinceMs;
    const maySeek = this.maySeek(sinceSeekMs);
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
      this.nudgeUntilMs = nowMs + correction.durationMs;
    }
    return correction;
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
