import type { PlayerReport, PlayerState, UserReport } from '../protocol/messages';

/** How a person watches, as far as it is known. */
export interface PersonState {
  /** Missing if it is not known: the person is at a page that does not tell. */
  readonly player?: PlayerState;
  /** Own position minus the room's, ms, positive while ahead; missing if there is nothing to compare. */
  readonly driftMs?: number;
  /** Whether the page is in a hidden tab. */
  readonly hidden: boolean;
  /** Whether the connection is lost, and may come back. */
  readonly reconnecting: boolean;
}

/** From the best to the worst. */
const PLAYERS: readonly (PlayerState | undefined)[] = [
  'playing',
  'paused',
  'buffering',
  'blocked',
  'failed',
  'none',
  undefined,
];

export function stateOf({ player, driftMs, hidden, reconnecting }: UserReport): PersonState {
  return {
    ...(player === undefined ? {} : { player }),
    ...(driftMs === undefined ? {} : { driftMs }),
    hidden,
    reconnecting,
  };
}

/**
 * The state of this page itself, without a round trip.
 *
 * @param shownDeltaMs the drift that the page shows elsewhere, so that both read the same
 */
export function stateOfSelf(
  isOnline: boolean,
  { player, driftMs, hidden }: PlayerReport,
  shownDeltaMs: number | null,
): PersonState {
  if (!isOnline) return { hidden, reconnecting: true };
  const drift = driftMs === undefined ? {} : { driftMs: shownDeltaMs ?? driftMs };
  return { player, ...drift, hidden, reconnecting: false };
}

/**
 * Of a person's tabs the best one counts: one that is connected, then one that is seen, then the one whose player does
 * best. The first of equals wins.
 */
export function betterOf(one: PersonState, other: PersonState): PersonState {
  return badnessOf(other) < badnessOf(one) ? other : one;
}

export function isSameState(one: PersonState, other: PersonState): boolean {
  return (
    one.player === other.player &&
    one.driftMs === other.driftMs &&
    one.hidden === other.hidden &&
    one.reconnecting === other.reconnecting
  );
}

function badnessOf({ player, hidden, reconnecting }: PersonState): number {
  // Playing and paused are equally good.
  const ofPlayer = Math.max(1, PLAYERS.indexOf(player));
  return (reconnecting ? 100 : 0) + (hidden ? 10 : 0) + ofPlayer;
}
