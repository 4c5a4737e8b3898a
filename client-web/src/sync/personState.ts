import type { PlayerState, UserReport } from '../protocol/messages';
import type { PlayerCondition } from './playerCondition';
import type { ConnectionState } from './session';

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
  /** Whether the network is gone, which only the page itself knows. */
  readonly offline?: true;
}

/** How bad each player is for its person, the best first. */
const BADNESS: Record<PlayerState, number> = {
  playing: 0,
  paused: 0,
  buffering: 1,
  blocked: 2,
  failed: 3,
  none: 4,
};
const BADNESS_OF_UNKNOWN = 5;

export function stateOf({ socketId: _, ...state }: UserReport): PersonState {
  return state;
}

/**
 * The state of this page itself as it is now, without a round trip.
 *
 * @param shownDeltaMs the drift that the page shows elsewhere, so that both read the same; null if it shows none
 */
export function stateOfSelf(
  connection: ConnectionState,
  { player, deltaMs }: PlayerCondition,
  shownDeltaMs: number | null,
  hidden: boolean,
): PersonState {
  if (connection === 'offline') return { hidden, reconnecting: true, offline: true };
  if (connection !== 'online') return { hidden, reconnecting: true };
  const drift = deltaMs === null || shownDeltaMs === null ? {} : { driftMs: shownDeltaMs };
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
    one.reconnecting === other.reconnecting &&
    one.offline === other.offline
  );
}

function badnessOf({ player, hidden, reconnecting }: PersonState): number {
  const ofPlayer = player === undefined ? BADNESS_OF_UNKNOWN : BADNESS[player];
  return (reconnecting ? 100 : 0) + (hidden ? 10 : 0) + ofPlayer;
}
