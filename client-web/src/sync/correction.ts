import {
  DEAD_BAND_S,
  DRIFT_TOLERANCE_S,
  MAX_NUDGES,
  NUDGE_FASTER_RATE,
  NUDGE_SLOWER_RATE,
  PERSISTENCE_MS,
  SEEK_WITHOUT_RATES_S,
} from '../constants';

/** How this player, playing and settled, stands to the room. */
export interface Drift {
  /** Room minus player, s: positive while this player is behind. */
  readonly behindS: number;
  /** For how long the difference has been beyond SEEK_WITHOUT_RATES_S, ms. */
  readonly persistedMs: number;
  /** Whether the player offers the rates to nudge with, and the page is seen (timers of hidden pages are coarse). */
  readonly canNudge: boolean;
  /** Nudges since the dead band was last reached. */
  readonly nudgesInRow: number;
  /** Whether enough time has passed since the last jump. */
  readonly maySeek: boolean;
}

export type Correction =
  | { readonly kind: 'none' }
  | { readonly kind: 'nudge'; readonly rate: number; readonly durationMs: number }
  | { readonly kind: 'seek' };

const NONE: Correction = { kind: 'none' };

/**
 * What to do about a drift. A jump is heard and seen, a nudge hardly; so a jump mends what is large, and a burst of
 * a neighbouring rate the rest: at 1.25 or 0.75 a difference shrinks by a quarter second a second. Where nudging
 * does not work, a jump has to mend what two pages would notice of each other, once it is sure to last.
 */
export function correctionFor(drift: Drift): Correction {
  const distanceS = Math.abs(drift.behindS);
  if (distanceS <= DEAD_BAND_S) return NONE;
  if (distanceS > DRIFT_TOLERANCE_S) return drift.maySeek ? { kind: 'seek' } : NONE;
  if (drift.canNudge && drift.nudgesInRow < MAX_NUDGES) return nudge(drift.behindS);
  const lasts = distanceS > SEEK_WITHOUT_RATES_S && drift.persistedMs >= PERSISTENCE_MS;
  return lasts && drift.maySeek ? { kind: 'seek' } : NONE;
}

function nudge(behindS: number): Correction {
  const rate = behindS > 0 ? NUDGE_FASTER_RATE : NUDGE_SLOWER_RATE;
  return { kind: 'nudge', rate, durationMs: (Math.abs(behindS) / Math.abs(rate - 1)) * 1000 };
}
