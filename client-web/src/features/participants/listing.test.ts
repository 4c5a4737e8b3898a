import { expect, test } from 'vitest';
import type { Participant } from '../../sync/participant';
import { found, listed, pageOf } from './listing';

const people = (...names: string[]): Participant[] =>
  names.map((username, i) => ({ id: `id-${i}`, username, joinedAt: i, colour: 0 }));
const crowd = (size: number) => listed(people(...Array.from({ length: size }, (_, i) => `Guest ${i}`)));

test('those of the same name are numbered from the second on', () => {
  expect(listed(people('Ann', 'Bob', 'Ann', 'ann', 'Ann')).map(({ ordinal }) => ordinal)).toEqual([
    undefined,
    undefined,
    2,
    undefined,
    3,
  ]);
});

test('a search finds a part of a name, and keeps the numbers', () => {
  const all = listed(people('Ann', 'Bob', 'Ann', 'Joanna'));
  expect(found(all, ' aN ').map(({ username, ordinal }) => `${username} ${ordinal ?? 1}`)).toEqual([
    'Ann 1',
    'Ann 2',
    'Joanna 1',
  ]);
  expect(found(all, '')).toHaveLength(4);
  expect(found(all, 'Zoe')).toEqual([]);
});

test('a page has fifty people, and the last one the rest', () => {
  expect(pageOf(crowd(230), 0).place).toEqual({ index: 0, from: 1, to: 50, all: 230, hasNext: true });
  const last = pageOf(crowd(230), 4);
  expect(last.place).toEqual({ index: 4, from: 201, to: 230, all: 230, hasNext: false });
  expect(last.people[0]?.username).toBe('Guest 200');
});

test('a page that is gone becomes the last', () => {
  expect(pageOf(crowd(101), 9).place).toMatchObject({ index: 2, from: 101, to: 101 });
  expect(pageOf([], 3)).toMatchObject({ place: { index: 0, all: 0 }, people: [] });
});
