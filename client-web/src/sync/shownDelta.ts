import { DELTA_SHOWN_MS } from '../constants';
import { median } from './median';

const STEP_MS = 10;

/** A difference that changes ten times a second, made fit to be read: its median, once a second, rounded. */
export class ShownDelta {
  private shownMs: number | null = null;
  private shownAtMs = Number.NEGATIVE_INFINITY;
  private samplesMs: number[] = [];

  get valueMs(): number | null {
    return this.shownMs;
  }

  observe(deltaMs: number | null, nowMs: number): void {
    if (deltaMs === null) {
      this.shownMs = null;
      this.shownAtMs = Number.NEGATIVE_INFINITY;
      this.samplesMs = [];
      return;
    }
    this.samplesMs.push(deltaMs);
    if (nowMs - this.shownAtMs < DELTA_SHOWN_MS) return;
    this.shownMs = Math.round(median(this.samplesMs) / STEP_MS) * STEP_MS;
    this.shownAtMs = nowMs;
    this.samplesMs = [];
  }
}
