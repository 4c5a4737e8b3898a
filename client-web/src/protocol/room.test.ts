import { expect, test } from 'vitest';
import { type RequestedRoom, randomRoomName, requestedRoom } from './room';

test.each<[string, RequestedRoom]>([
  ['', { kind: 'default' }],
  ['?room=', { kind: 'default' }],
  ['?other=1', { kind: 'default' }],
  ['?room=friday-night_2', { kind: 'named', name: 'friday-night_2' }],
  [`?room=${'a'.repeat(64)}`, { kind: 'named', name: 'a'.repeat(64) }],
  [`?room=${'a'.repeat(65)}`, { kind: 'invalid' }],
  ['?room=two%20words', { kind: 'invalid' }],
  ['?room=%3Cb%3E', { kind: 'invalid' }],
])('the address %j asks for %j', (search, room) => {
  expect(requestedRoom(search)).toEqual(room);
});

test('a new room’s name is one that the address may ask for', () => {
  const name = randomRoomName(bytes => bytes.map((_, i) => i * 25));
  expect(name).toHaveLength(10);
  expect(requestedRoom(`?room=${name}`)).toEqual({ kind: 'named', name });
});
