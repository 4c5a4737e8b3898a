import {
  CLOCK_DRIFT_PPM,
  LATENCY_PER_ROUND_TRIP,
  LATENCY_WINDOW_MS,
  LATENCY_WINDOW_SAMPLES,
} from '../constants';

interface RoundTrip {
  readonly rttMs: number;
  readonly atMs: number;
}

/**
 * The way from the server to here, by the shortest of the recent round trips (Cristian's algorithm with a
 * minimum filter): queues only ever lengthen a round trip, so the shortest one tells most of the way itself.
 * An asymmetric way cannot be seen; the error is at most half the shortest round trip.
 */
export class LatencyEstimator {
  private roundTrips: RoundTrip[] = [];

  /** Takes a finished round trip of `rttMs` ≥ 0. */
  record(rttMs: number, nowMs: number): void {
    if (!Number.isFinite(rttMs) || rttMs < 0) return;
    const recent = this.roundTrips.filter(trip => nowMs - trip.atMs <= LATENCY_WINDOW_MS);
    this.roundTrips = [...recent, { rttMs, atMs: nowMs }].slice(-LATENCY_WINDOW_SAMPLES);
  }

  /** Forgets all: another network may lie between. */
  reset(): void {
    this.roundTrips = [];
  }

  /** One way, ms; 0 before the first round trip. */
  latencyMs(nowMs: number): number {
    const best = this.best(nowMs);
    return best ? best.rttMs * LATENCY_PER_ROUND_TRIP : 0;
  }

  private best(nowMs: number): RoundTrip | undefined {
    let best: RoundTrip | undefined;
    for (const trip of this.roundTrips) {
      if (!best || uncertaintyMs(trip, nowMs) < uncertaintyMs(best, nowMs)) best = trip;
    }
    return best;
  }
}

function uncertaintyMs(trip: RoundTrip, nowMs: number): number {
  return trip.rttMs / 2 + ((nowMs - trip.atMs) * CLOCK_DRIFT_PPM) / 1e6;
}
