import { expect, test } from 'vitest';
import {
  addressOf,
  type Destination,
  destinationOf,
  destinationOfText,
  OPEN_ROOM,
  type RoomProblem,
  randomRoomName,
  roomNameOf,
  START,
} from './room';

const OWN = 'https://watch.example.com/party/?room=other';

test.each<[string, Destination]>([
  ['', START],
  ['?room=', START],
  ['?other=1', START],
  ['?open', OPEN_ROOM],
  ['?open=', OPEN_ROOM],
  ['?open&room=film', { kind: 'named', name: 'film' }],
  ['?room=friday-night_2', { kind: 'named', name: 'friday-night_2' }],
  [`?room=${'a'.repeat(64)}`, { kind: 'named', name: 'a'.repeat(64) }],
  [`?room=${'a'.repeat(65)}`, { kind: 'invalid', name: 'a'.repeat(65), suggestion: 'a'.repeat(64) }],
  ['?room=Film%20Night', { kind: 'invalid', name: 'Film Night', suggestion: 'film-night' }],
  ['?room=Film+Night', { kind: 'invalid', name: 'Film Night', suggestion: 'film-night' }],
  ['?room=%3Cb%3E', { kind: 'invalid', name: '<b>', suggestion: 'b' }],
  ['?room=%F0%9F%8E%AC', { kind: 'invalid', name: '🎬', suggestion: '' }],
  ['?room=%', { kind: 'invalid', name: '%', suggestion: '' }],
])('the address %j leads to %j', (search, destination) => {
  expect(destinationOf(search)).toEqual(destination);
});

test.each<Destination>([START, OPEN_ROOM, { kind: 'named', name: 'film-night' }])(
  '%j has an address',
  destination => {
    expect(destinationOf(addressOf(destination))).toEqual(destination);
  },
);

test.each([
  ['film-night', 'film-night'],
  ['FilmNight_2', 'FilmNight_2'],
  ['  film-night\n', 'film-night'],
  ['Film Night', 'film-night'],
  ['Film  –  Night!', 'film-night'],
  ['café', 'cafe'],
  ['cafe\u0301', 'cafe'],
  ['Straße № 5', 'strasse-no-5'],
  ['Łódź', 'lodz'],
  ['Smørrebrød', 'smorrebrod'],
  ['ＦＩＬＭ', 'film'],
  ['кино', 'kino'],
  ['Вечер кино', 'vecher-kino'],
  ['Київ', 'kiiv'],
  ['ταινία', 'tainia'],
  ["Ann's Room", 'anns-room'],
  ['映画 night', 'night'],
  ['映画', ''],
  ['فيلم', ''],
  ['🎬', ''],
  ['---!', ''],
  [`${'a'.repeat(63)} b`, 'a'.repeat(63)],
])('the name %j becomes %j', (typed, name) => {
  expect(roomNameOf(typed)).toBe(name);
});

const film: Destination = { kind: 'named', name: 'film' };

test.each<[string, Destination | RoomProblem]>([
  ['film', film],
  ['Film Night!', { kind: 'named', name: 'film-night' }],
  ['the.film', { kind: 'named', name: 'the-film' }],
  ['What? A film: 2', { kind: 'named', name: 'what-a-film-2' }],
  ['https://watch.example.com/?room=film', film],
  ['https://watch.example.com/party/?room=film', film],
  ['HTTPS://WATCH.example.com/?room=film#x', film],
  ['watch.example.com/?room=film', film],
  ['?room=film', film],
  ['/?room=film', film],
  [' https://watch.example.com/?room=film\n', film],
  ['https://watch.example.com/?room=Film%20Night', { kind: 'named', name: 'film-night' }],
  ['https://watch.example.com/?open', OPEN_ROOM],
  ['https://watch.example.com/', 'no-room'],
  ['https://watch.example.com', 'no-room'],
  ['watch.example.com', 'no-room'],
  ['https://elsewhere.example/?room=film', 'other-site'],
  ['youtube.com/watch?v=dQw4w9WgXcQ', 'other-site'],
  ['https://', 'no-room'],
  ['https://a b/?room=film', 'no-room'],
  ['映画', 'no-name'],
  ['https://watch.example.com/?room=%E6%98%A0', 'no-name'],
  ['   ', 'empty'],
])('the text %j leads to %j', (text, expected) => {
  const result = destinationOfText(text, OWN);
  expect('destination' in result ? result.destination : result.problem).toEqual(expected);
});

test('a new room’s name is one that the address may ask for', () => {
  const name = randomRoomName(bytes => bytes.map((_, i) => i * 13));
  expect(destinationOf(`?room=${name}`)).toEqual({ kind: 'named', name });
});

test('a new room’s name cannot be guessed: at least 64 bits', () => {
  const bytes: number[] = [];
  randomRoomName(random => {
    bytes.push(random.length);
    return random;
  });
  // Each byte becomes one of 32 characters.
  expect((bytes[0] ?? 0) * 5).toBeGreaterThanOrEqual(64);
  expect(randomRoomName(random => random.fill(31))).not.toBe(randomRoomName(random => random.fill(0)));
});
