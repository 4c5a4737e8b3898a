import { LIVE_GROWTHS, LIVE_PACE_TOLERANCE, LIVE_SPAN_MS } from '../constants';

interface Length {
  readonly atMs: number;
  readonly durationS: number;
}

/**
 * Tells a live stream by its length, where the player does not say that it is one: the length of a film stands, that of
 * a stream grows as time goes by. An advertisement changes the length once, and back.
 */
export class LiveSigns {
  private first: Length | undefined;
  private last: Length | undefined;
  private growths = 0;

  /** Another video is looked at. */
  reset(): void {
    this.first = undefined;
    this.last = undefined;
    this.growths = 0;
  }

  /** Takes the length that the player tells, s; true once it has grown in step with time for a while. */
  observe(durationS: number, nowMs: number): boolean {
    if (durationS <= 0 || durationS === this.last?.durationS) return false;
    const now = { atMs: nowMs, durationS };
    if (!this.first || !this.last || !keepsPace(this.last, now) || !keepsPace(this.first, now)) {
      this.reset();
      this.first = now;
    } else {
      this.growths++;
    }
    this.last = now;
    return this.growths >= LIVE_GROWTHS && nowMs - this.first.atMs >= LIVE_SPAN_MS;
  }
}

function keepsPace(from: Length, to: Length): boolean {
  const grownS = to.durationS - from.durationS;
  const elapsedS = (to.atMs - from.atMs) / 1000;
  return grownS > 0 && Math.abs(grownS - elapsedS) <= LIVE_PACE_TOLERANCE * Math.max(elapsedS, 1);
}
