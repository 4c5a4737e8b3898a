import { expect, test } from 'vitest';
import { FAVOURITE_COLOURS, PARTICIPANT_COLOURS } from '../constants';
import { type Person, withColours } from './participant';

const people = (...names: string[]): Person[] =>
  names.map((username, i) => ({ id: `id-${username}-${i}`, hasIdentity: false, username, joinedAt: i }));
const crowd = (size: number) => people(...Array.from({ length: size }, (_, i) => `Guest ${i}`));
const coloursOf = (users: readonly { colour: number }[]) => users.map(user => user.colour);

const bob: Person = { id: 'bob', hasIdentity: false, username: 'Bob', joinedAt: 1 };

test('a name without an identity has the same colour in every room that nobody else has it in', () => {
  const [here] = withColours(people('Alice'));
  const [, there] = withColours([bob, { id: 'alice', hasIdentity: false, username: 'Alice', joinedAt: 2 }]);
  expect(there?.colour).toBe(here?.colour);
});

test('a person with an identity has the same colour on every page, whatever the name', () => {
  const names = Array.from({ length: 30 }, (_, i) => `Name ${i}`);
  const colours = names.map(username => {
    const [person] = withColours([{ id: 'p-1', hasIdentity: true, username, joinedAt: 1 }]);
    return person?.colour;
  });
  expect(new Set(colours).size).toBe(1);
});

test('identities have different colours', () => {
  const colours = Array.from({ length: 30 }, (_, i) => {
    const [person] = withColours([{ id: `p-${i}`, hasIdentity: true, username: 'Alice', joinedAt: 1 }]);
    return person?.colour;
  });
  expect(new Set(colours).size).toBe(FAVOURITE_COLOURS);
});

test('people of the same name differ', () => {
  expect(new Set(coloursOf(withColours(people('Alice', 'Alice', 'Alice')))).size).toBe(3);
});

test.each([2, FAVOURITE_COLOURS, PARTICIPANT_COLOURS])('of %i people no two share a colour', size => {
  expect(new Set(coloursOf(withColours(crowd(size)))).size).toBe(size);
});

test('a small room has the favourite colours only', () => {
  expect(Math.max(...coloursOf(withColours(crowd(FAVOURITE_COLOURS))))).toBeLessThan(FAVOURITE_COLOURS);
});

test('with more people than colours no colour is worn twice more than another', () => {
  const worn = new Array<number>(PARTICIPANT_COLOURS).fill(0);
  for (const colour of coloursOf(withColours(crowd(PARTICIPANT_COLOURS * 2 + 5)))) {
    worn[colour] = (worn[colour] ?? 0) + 1;
  }
  expect(Math.max(...worn) - Math.min(...worn)).toBe(1);
});

test('who stays keeps the colour when others leave and come', () => {
  const before = withColours(crowd(10));
  const stayed = before.filter((_, i) => i % 3 !== 0);
  const after = withColours([...people('Zoe', 'Yan', 'Xia'), ...stayed], before);
  for (const { id, colour } of stayed) {
    expect(after.find(person => person.id === id)?.colour).toBe(colour);
  }
  expect(new Set(coloursOf(after)).size).toBe(after.length);
});

test('the colour of who left is free again', () => {
  const [first, ...others] = withColours(crowd(PARTICIPANT_COLOURS));
  const after = withColours([...others, ...people('Zoe')], others);
  expect(after.at(-1)?.colour).toBe(first?.colour);
});
