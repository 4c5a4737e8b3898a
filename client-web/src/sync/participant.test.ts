import { expect, test } from 'vitest';
import { FAVOURITE_COLOURS, PARTICIPANT_COLOURS } from '../constants';
import { type Person, withColours } from './participant';

const people = (...names: string[]): Person[] =>
  names.map((username, i) => ({ id: `id-${username}-${i}`, username, joinedAt: i }));
const crowd = (size: number) => people(...Array.from({ length: size }, (_, i) => `Guest ${i}`));
const coloursOf = (users: readonly { colour: number }[]) => users.map(user => user.colour);

const colourAlone = (person: Person) => withColours([person])[0]?.colour;

test('a person has the same colour on every page on which nobody else has it', () => {
  for (const person of people('Ann', 'Bob')) {
    expect(withColours([person, ...crowd(3)])[0]?.colour).toBe(colourAlone(person));
  }
});

test('another name does not change the colour of a person, on new pages either', () => {
  const colours = crowd(30).map(({ username }) => colourAlone({ id: 'ann', username, joinedAt: 1 }));
  expect(new Set(colours).size).toBe(1);
});

test('the favourites of many people are all colours that are easy to distinguish', () => {
  expect(new Set(crowd(100).map(colourAlone)).size).toBe(FAVOURITE_COLOURS);
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
