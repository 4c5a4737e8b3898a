import {
  DEAD_BAND_S,
  DRIFT_TOLERANCE_S,
  MAX_NUDGES,
  NUDGE_END_S,
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
  /** Another rate, for as long as {@link nudgeIsOver} is false. */
  | { readonly kind: 'nudge'; readonly rate: number }
  | { readonly kind: 'seek' };

const NONE: Correction = { kind: 'none' };

/**
 * The correction of a drift. People hear and see a jump, but hardly a nudge. So a jump fixes a large drift, and a
 * neighbouring rate fixes a small one: at 1.25 or 0.75 it shrinks by a quarter second per second. A large drift is nudged
 * too while it is too early for the next jump. Where nudging does not work, a jump fixes every drift that two people in
 * one place would notice, once it is sure to last.
 */
export function correctionFor(drift: Drift): Correction {
  const distanceS = Math.abs(drift.behindS);
  if (distanceS <= DEAD_BAND_S) return NONE;
  if (distanceS > DRIFT_TOLERANCE_S && drift.maySeek) return { kind: 'seek' };
  if (drift.canNudge && drift.nudgesInRow < MAX_NUDGES) return nudge(drift.behindS);
  const lasts = distanceS > SEEK_WITHOUT_RATES_S && drift.persistedMs >= PERSISTENCE_MS;
  return lasts && drift.maySeek ? { kind: 'seek' } : NONE;
}

function nudge(behindS: number): Correction {
  return { kind: 'nudge', rate: behindS > 0 ? NUDGE_FASTER_RATE : NUDGE_SLOWER_RATE };
}

/** Whether a nudge at that rate has brought the player to the room, or past it. */
export function nudgeIsOver(rate: number, behindS: number): boolean {
  return (rate > 1 ? behindS : -behindS) <= NUDGE_END_S;
}
