import { IN_STEP_MS } from '../../constants';
import { ClockTime, type Message, message, Tenths } from '../../language/message';
import type { PersonState } from '../../sync/personState';
import type { IconName } from '../../ui/Icon';

/** How a person watches, in words, with a picture where that differs from what is usual. */
export interface StateInWords {
  readonly words: Message;
  readonly icon?: IconName;
  /** `fine`: nothing to care about; `trouble`: this person is not with the others. */
  readonly tone: 'fine' | 'trouble';
}

/** Undefined while there is nothing to say: the person is at a page that does not tell. */
export function stateInWords(
  { player, driftMs, hidden, reconnecting, offline }: PersonState,
  isVideoOver: boolean,
): StateInWords | undefined {
  if (reconnecting) {
    const words = offline ? 'connection.offline' : 'connection.reconnecting';
    return { words, icon: 'lost', tone: 'trouble' };
  }
  if (player === undefined) return undefined;
  switch (player) {
    case 'failed':
      return { words: 'people.cannotPlay', icon: 'warning', tone: 'trouble' };
    case 'blocked':
      return { words: 'people.mustClick', icon: 'click', tone: 'trouble' };
    case 'buffering':
    case 'none':
      // Where there is a video, a player is on its way.
      return hidden ? HIDDEN : { words: 'people.loading', icon: 'loading', tone: 'trouble' };
    default:
      if (driftMs !== undefined) return driftInWords(driftMs, player === 'playing', hidden);
      if (hidden) return HIDDEN;
      return { words: standingInWords(player, isVideoOver), tone: 'fine' };
  }
}

const HIDDEN: StateInWords = { words: 'people.tabHidden', icon: 'hidden', tone: 'fine' };

/** Of a live stream, and of a video that is over, there is no drift. */
function standingInWords(player: 'playing' | 'paused', isVideoOver: boolean): Message {
  if (player === 'playing') return 'people.playing';
  return isVideoOver ? 'people.atTheEnd' : 'people.paused';
}

function driftInWords(driftMs: number, isPlaying: boolean, hidden: boolean): StateInWords {
  const distanceMs = Math.abs(driftMs);
  if (distanceMs <= IN_STEP_MS) {
    if (hidden) return { ...HIDDEN, words: 'people.tabHiddenInStep' };
    return { words: isPlaying ? inStepWithin(distanceMs) : 'people.inStep', tone: 'fine' };
  }
  const isBehind = driftMs < 0;
  const apart = message(isBehind ? 'sync.behind' : 'sync.ahead', { distance: distanceInWords(distanceMs) });
  if (hidden) return { ...HIDDEN, words: message('people.tabHiddenApart', { apart }) };
  return { words: apart, icon: isBehind ? 'back' : 'forward', tone: 'trouble' };
}

/** In steps of 10 ms, as the page shows its own. */
function inStepWithin(distanceMs: number): Message {
  const amount = Math.round(distanceMs / 10) * 10;
  return message('sync.inStep', { distance: message('sync.milliseconds', { amount }) });
}

function distanceInWords(distanceMs: number) {
  const distanceS = distanceMs / 1000;
  if (distanceS >= 59.5) return new ClockTime(Math.round(distanceS));
  const amount = distanceS < 9.95 ? new Tenths(distanceS) : Math.round(distanceS);
  return message('sync.seconds', { amount });
}
