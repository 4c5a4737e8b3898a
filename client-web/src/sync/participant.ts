import { FAVOURITE_COLOURS, PARTICIPANT_COLOURS } from '../constants';

/** A person in the room, whatever the number of tabs. */
export interface Person {
  /** The participant id; the socket's id where the server gives no other. */
  readonly id: string;
  readonly username: string;
  /** When the first tab joined, ms since the epoch. */
  readonly joinedAt: number;
}

/** A person, and which colour stands for them on this page: 0 ≤ colour < PARTICIPANT_COLOURS. */
export interface Participant extends Person {
  readonly colour: number;
}

/**
 * Gives each person a colour. A person in `before` keeps theirs while others come and go. A newcomer gets the colour that
 * goes with the id: then pages agree, and a rename changes nothing. If somebody has it, the newcomer gets a free one; if
 * none is free, one that the fewest have.
 */
export function withColours(
  people: readonly Person[],
  before: readonly Participant[] = [],
): readonly Participant[] {
  const known = new Map(before.map(({ id, colour }) => [id, colour]));
  const wearers = new Array<number>(PARTICIPANT_COLOURS).fill(0);
  for (const { id } of people) count(wearers, known.get(id));
  return people.map(person => {
    const kept = known.get(person.id);
    if (kept !== undefined) return { ...person, colour: kept };
    const colour = leastWorn(wearers, favouriteOf(person.id));
    count(wearers, colour);
    return { ...person, colour };
  });
}

function count(wearers: number[], colour: number | undefined): void {
  if (colour !== undefined) wearers[colour] = (wearers[colour] ?? 0) + 1;
}

/** The first of those that the fewest wear: from the favourite around the favourites, then through all others. */
function leastWorn(wearers: readonly number[], favourite: number): number {
  const fewest = Math.min(...wearers);
  for (let step = 0; step < FAVOURITE_COLOURS; step++) {
    const colour = (favourite + step) % FAVOURITE_COLOURS;
    if (wearers[colour] === fewest) return colour;
  }
  return wearers.indexOf(fewest);
}

function favouriteOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % FAVOURITE_COLOURS;
}
