import { expect, test } from 'vitest';
import { currentLanguage, LANGUAGES, languageOf } from './currentLanguage';
import { ClockTime, message, Name, Tenths } from './message';

const english = languageOf(['en']);
const german = languageOf(['de']);

test.each([
  [['de-AT', 'en'], 'de'],
  [['EN-us', 'de'], 'en'],
  [['fr', 'de', 'en'], 'de'],
  [['fr'], 'en'],
  [[], 'en'],
])('the first language of %j that the page speaks is %s', (tags, tag) => {
  expect(languageOf(tags).tag).toBe(tag);
});

test('the page speaks English before it knows the person’s language', () => {
  expect(currentLanguage.get()).toBe(english);
});

test('a message has its values in the place that its language gives them', () => {
  const values = { position: new ClockTime(83.9), duration: new ClockTime(3725) };
  expect(english.say(message('player.positionOf', values))).toBe('1:23 of 1:02:05');
  expect(german.say(message('player.positionOf', values))).toBe('1:23 von 1:02:05');
});

test.each([
  [-1, '0:00'],
  [9.99, '0:09'],
  [600, '10:00'],
  [36_000, '10:00:00'],
])('%d seconds are %s on a clock', (seconds, time) => {
  for (const language of LANGUAGES) expect(language.clockTime(seconds)).toBe(time);
});

test('a number is written as its language does', () => {
  const seconds = message('sync.seconds', { amount: new Tenths(5) });
  expect(english.say(seconds)).toBe('5.0 s');
  expect(german.say(seconds)).toBe('5,0 s');
  expect(english.number(1234)).toBe('1,234');
  expect(german.number(1234)).toBe('1.234');
});

test('the count chooses the form', () => {
  expect(english.say(message('video.canBeUndone', { count: 1 }))).toBe('You can undo this for 1 second.');
  expect(english.say(message('video.canBeUndone', { count: 10 }))).toBe('You can undo this for 10 seconds.');
  expect(german.say(message('player.back', { count: 1 }))).toBe('1 Sekunde zurück');
  expect(german.say(message('player.back', { count: 5 }))).toBe('5 Sekunden zurück');
});

test.each([
  [['Ann'], 0, 'Ann is here', 'Ann ist da'],
  [['Ann', 'Bob'], 0, 'Ann and Bob are here', 'Ann und Bob sind da'],
  [['Ann', 'Bob'], 1, 'Ann, Bob and 1 more are here', 'Ann, Bob und 1 weitere Person sind da'],
  [['Ann', 'Bob'], 3, 'Ann, Bob and 3 more are here', 'Ann, Bob und 3 weitere sind da'],
])('%j and %d more are a list', (names, more, inEnglish, inGerman) => {
  const people = more === 0 ? names : [...names, message('join.morePeople', { count: more })];
  const inside = message('join.peopleInside', { count: names.length + more, people });
  expect(english.say(inside)).toBe(inEnglish);
  expect(german.say(inside)).toBe(inGerman);
});

test('names and elements stay in one piece', () => {
  const element = { type: 'strong' };
  const name = new Name('دانة');
  const called = message<'join.ownRoomIsCalled', typeof element>('join.ownRoomIsCalled', { room: element });
  expect(german.parts(called)).toEqual([
    'Er heißt ',
    element,
    '. Drinnen findest du den Link für deine Freunde.',
  ]);
  expect(english.parts(message('join.peopleInside', { count: 2, people: [name, name] }))).toEqual([
    '',
    name,
    ' and ',
    name,
    ' are here',
  ]);
});

test('a name in plain text keeps its own direction', () => {
  expect(english.say(message('activity.joined.other', { name: new Name('דנה') }))).toBe(
    '\u2068דנה\u2069 joined',
  );
});

test('braces in a value are not a placeholder', () => {
  expect(english.say(message('noRoom.goTo', { room: '{room}' }))).toBe('Go to {room}');
});
