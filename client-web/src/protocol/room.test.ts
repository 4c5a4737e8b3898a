import { expect, test } from 'vitest';
import {
  addressOf,
  type Destination,
  destinationOf,
  destinationOfText,
  newRoomNameOf,
  OPEN_ROOM,
  type RoomProblem,
  randomRoomName,
  roomNameOf,
  START,
} from './room';

const PLACE = 'https://watch.example.com/party/';
const OWN = `${PLACE}?room=other`;

test.each<[string, Destination]>([
  ['', START],
  ['?room=', START],
  ['?other=1', START],
  ['?open', OPEN_ROOM],
  ['?open=', OPEN_ROOM],
  ['?open&room=film', { kind: 'named', name: 'film' }],
  ['?room=friday-night_2', { kind: 'named', name: 'friday-night_2' }],
  ['?room=FilmNight', { kind: 'named', name: 'FilmNight' }],
  [`?room=${'a'.repeat(64)}`, { kind: 'named', name: 'a'.repeat(64) }],
  [`?room=${'a'.repeat(65)}`, { kind: 'invalid', name: 'a'.repeat(65), suggestion: 'a'.repeat(40) }],
  ['?room=caf%C3%A9', { kind: 'named', name: 'café' }],
  ['?room=Film%20Night', { kind: 'invalid', name: 'Film Night', suggestion: 'film-night' }],
  ['?room=Film+Night', { kind: 'invalid', name: 'Film Night', suggestion: 'film-night' }],
  ['?room=%3Cb%3E', { kind: 'invalid', name: '<b>', suggestion: 'b' }],
  ['?room=%F0%9F%8E%AC', { kind: 'invalid', name: '🎬', suggestion: '' }],
  ['?room=%', { kind: 'invalid', name: '%', suggestion: '' }],
  ['r/film-night', { kind: 'named', name: 'film-night' }],
  ['r/film-night?room=other#top', { kind: 'named', name: 'film-night' }],
  ['r/%D0%BA%D0%B8%D0%BD%D0%BE', { kind: 'named', name: 'кино' }],
  ['r/Кино', { kind: 'named', name: 'кино' }],
  ['r/cafe%CC%81', { kind: 'named', name: 'café' }],
  ['r/FilmNight', { kind: 'named', name: 'FilmNight' }],
  ['r/ab', { kind: 'named', name: 'ab' }],
  [`r/${'A'.repeat(64)}`, { kind: 'named', name: 'A'.repeat(64) }],
  ['r/Film-Nächte', { kind: 'named', name: 'film-nächte' }],
  ['r/ＦＩＬＭ', { kind: 'named', name: 'film' }],
  ['r/हिन्दी', { kind: 'named', name: 'हिन्दी' }],
  ['r/fi%C3%AF%E2%80%8Blm', { kind: 'invalid', name: 'fiï\u200blm', suggestion: 'fiïlm' }],
  ['r/%E3%85%A4%E3%85%A4%E3%85%A4', { kind: 'invalid', name: '\u3164\u3164\u3164', suggestion: '' }],
  ['r/%CC%81abc', { kind: 'invalid', name: '\u0301abc', suggestion: 'abc' }],
  ['r/friday_2', { kind: 'named', name: 'friday_2' }],
  ['r/Film%20Night', { kind: 'invalid', name: 'Film Night', suggestion: 'film-night' }],
  ['r/%E6%98%A0%E7%94%BB', { kind: 'invalid', name: '映画', suggestion: '' }],
  ['r/%', { kind: 'invalid', name: '%', suggestion: '' }],
  ['r/', START],
])('the address %j leads to %j', (address, destination) => {
  expect(destinationOf(new URL(address, PLACE))).toEqual(destination);
});

test.each<[Destination, string]>([
  [START, '.'],
  [OPEN_ROOM, '?open'],
  [{ kind: 'named', name: 'film-night' }, 'r/film-night'],
  [{ kind: 'named', name: 'кино' }, 'r/%D0%BA%D0%B8%D0%BD%D0%BE'],
  [{ kind: 'named', name: 'a'.repeat(40) }, `r/${'a'.repeat(40)}`],
  [{ kind: 'named', name: 'a'.repeat(64) }, `r/${'a'.repeat(64)}`],
  [{ kind: 'named', name: 'FilmNight' }, 'r/FilmNight'],
  [{ kind: 'named', name: 'friday_2' }, 'r/friday_2'],
  [{ kind: 'named', name: 'ab' }, 'r/ab'],
])('%j has the address %j', (destination, address) => {
  expect(addressOf(destination, true)).toBe(address);
  expect(destinationOf(new URL(address, PLACE))).toEqual(destination);
});

test.each<Destination>([
  START,
  OPEN_ROOM,
  { kind: 'named', name: 'film-night' },
  { kind: 'named', name: 'кино' },
  { kind: 'named', name: 'FilmNight' },
])('%j has an address without a path', destination => {
  const address = new URL(addressOf(destination, false), PLACE);
  expect(address.pathname).toBe('/party/');
  expect(destinationOf(address)).toEqual(destination);
});

test.each([
  ['film-night', 'film-night'],
  ['FilmNight_2', 'FilmNight_2'],
  ['  film-night\n', 'film-night'],
  ['ab', 'ab'],
  ['Film Night', 'film-night'],
  ['Film  –  Night!', 'film-night'],
  ['café', 'café'],
  ['cafe\u0301', 'café'],
  ['Straße № 5', 'straße-no-5'],
  ['ＦＩＬＭ', 'film'],
  ['Вечер кино', 'вечер-кино'],
  ['ταινία', 'ταινία'],
  ["Ann's Room", 'anns-room'],
  ['映画 night', '映画-night'],
  ['فيلم', 'فيلم'],
  ['हिन्दी फ़िल्म', 'हिन्दी-फ़िल्म'.normalize('NFKC')],
  ['\u0301', ''],
  ['映画', ''],
  ['🎬', ''],
  ['---!', ''],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  [`${'𐐨'.repeat(41)}!`, '𐐨'.repeat(40)],
])('the name %j becomes %j', (typed, name) => {
  expect(roomNameOf(typed)).toBe(name);
});

test.each([
  ['Film Night', 'film-night'],
  ['FilmNight_2', 'filmnight-2'],
  ['a'.repeat(64), 'a'.repeat(40)],
  ['ab', ''],
  ['', ''],
])('a room that is to be called %j is created as %j', (typed, name) => {
  expect(newRoomNameOf(typed)).toBe(name);
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
  ['https://watch.example.com/party/r/film', film],
  ['watch.example.com/r/film', film],
  ['/party/r/film', film],
  ['https://watch.example.com/party/r/Film%20Night', { kind: 'named', name: 'film-night' }],
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
  const room: Destination = { kind: 'named', name };
  expect(destinationOf(new URL(addressOf(room, true), PLACE))).toEqual(room);
  expect(destinationOf(new URL(addressOf(room, false), PLACE))).toEqual(room);
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
