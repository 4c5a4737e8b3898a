import type { Participant } from '../../sync/participant';
import type { SessionView } from '../../sync/session';

const NAMED_PEOPLE = 2;

/** Those in the room who are somebody else than the person at this page. */
interface Others {
  /** As far as this page knows them, in the order in which they joined. */
  readonly people: readonly Participant[];
  /** How many there are in all. */
  readonly count: number;
  /** The first of them, to be called by their names. */
  readonly named: readonly Participant[];
  /** How many have no place among the named; never 1 if that one is known. */
  readonly unnamed: number;
}

type Room = Pick<SessionView, 'participants' | 'peopleCount' | 'selfId'>;

/** Whether the person at this page is in the room already, in another tab. */
export function isSelfInside({ participants, selfId }: Room): boolean {
  return participants.some(({ id }) => id === selfId);
}

export function othersOf(room: Room): Others {
  const people = room.participants.filter(({ id }) => id !== room.selfId);
  const count = isSelfInside(room) ? room.peopleCount - 1 : room.peopleCount;
  const named = people.slice(0, count === NAMED_PEOPLE + 1 ? count : NAMED_PEOPLE);
  return { people, count, named, unnamed: count - named.length };
}
