import { PEOPLE_PER_PAGE } from '../../constants';
import type { Participant } from '../../sync/participant';

/** A person of the list; `ordinal` tells those of the same name apart, by the order in which they joined. */
export interface Listed extends Participant {
  /** Undefined for the first of a name, and where not all who have it are known. */
  readonly ordinal: number | undefined;
}

export function listed(people: readonly Participant[]): Listed[] {
  const seen = new Map<string, number>();
  return people.map(person => {
    const ordinal = (seen.get(person.username) ?? 0) + 1;
    seen.set(person.username, ordinal);
    return { ...person, ordinal: ordinal > 1 ? ordinal : undefined };
  });
}

/** A person of a page that the server tells: how many of the same name are on the pages before is not known. */
export function unnumbered(person: Participant): Listed {
  return { ...person, ordinal: undefined };
}

/** Those whose names hold the text, whatever its case. */
export function found(people: readonly Listed[], text: string): readonly Listed[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return people;
  return people.filter(({ username }) => username.toLocaleLowerCase().includes(wanted));
}

/** Which part of the list a page is. */
export interface Place {
  /** Counted from 0. */
  readonly index: number;
  /** The first and the last of its people, counted from 1. */
  readonly from: number;
  readonly to: number;
  /** How many people there are on all pages. */
  readonly all: number;
  readonly hasNext: boolean;
}

interface Page {
  readonly people: readonly Listed[];
  readonly place: Place;
}

/** A page that is past the end becomes the last. */
export function pageOf(people: readonly Listed[], index: number): Page {
  const last = Math.max(0, Math.ceil(people.length / PEOPLE_PER_PAGE) - 1);
  const shown = Math.min(index, last);
  const start = shown * PEOPLE_PER_PAGE;
  const page = people.slice(start, start + PEOPLE_PER_PAGE);
  return { people: page, place: placeOf(shown, page.length, people.length) };
}

/** @param size how many people are on the page */
export function placeOf(index: number, size: number, all: number): Place {
  const start = index * PEOPLE_PER_PAGE;
  return { index, from: start + 1, to: start + size, all, hasNext: start + PEOPLE_PER_PAGE < all };
}
