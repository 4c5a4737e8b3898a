import { expect, test } from 'vitest';
import type { Participant } from '../../sync/participant';
import { isSelfInside, othersOf } from './others';

const people = (...names: string[]): Participant[] =>
  names.map((username, i) => ({ id: username, username, joinedAt: i, colour: 0 }));

function told(participants: readonly Participant[], selfId = 'Zoe', peopleCount = participants.length) {
  const { named, unnamed, count } = othersOf({ participants, peopleCount, selfId });
  return { named: named.map(({ username }) => username), unnamed, count };
}

test.each([
  [['Ann'], ['Ann'], 0],
  [['Ann', 'Ben'], ['Ann', 'Ben'], 0],
  [['Ann', 'Ben', 'Cem'], ['Ann', 'Ben', 'Cem'], 0],
  [['Ann', 'Ben', 'Cem', 'Dan'], ['Ann', 'Ben'], 2],
])('of %j these are named: %j, and %i are not', (inside, named, unnamed) => {
  expect(told(people(...inside))).toEqual({ named, unnamed, count: inside.length });
});

test('people whom the page does not know are counted', () => {
  expect(told(people('Ann', 'Ben', 'Cem'), 'Zoe', 260)).toEqual({
    named: ['Ann', 'Ben'],
    unnamed: 258,
    count: 260,
  });
});

test('the person at the page is not one of the others', () => {
  const participants = people('Ann', 'Ben', 'Cem', 'Dan');
  expect(isSelfInside({ participants, peopleCount: 4, selfId: 'Ann' })).toBe(true);
  expect(told(participants, 'Ann')).toEqual({ named: ['Ben', 'Cem', 'Dan'], unnamed: 0, count: 3 });
});

test('a newcomer is not inside', () => {
  expect(isSelfInside({ participants: people('Ann'), peopleCount: 1, selfId: undefined })).toBe(false);
});
