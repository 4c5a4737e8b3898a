import { expect, test } from 'vitest';
import { testingStorage } from '../../testing/testingStorage';
import { RecentRooms } from './recentRooms';

const items = testingStorage();

function namesOf(rooms: RecentRooms): string[] {
  return rooms.view.get().map(({ name }) => name);
}

test('the latest room is first, and each is there once', () => {
  const rooms = new RecentRooms();
  for (const name of ['a', 'b', 'a']) rooms.add(name);
  expect(namesOf(rooms)).toEqual(['a', 'b']);
  expect(namesOf(new RecentRooms())).toEqual(['a', 'b']);
});

test('no more than eight are remembered', () => {
  const rooms = new RecentRooms();
  for (let i = 1; i <= 9; i++) rooms.add(`room-${i}`);
  expect(namesOf(rooms)).toHaveLength(8);
  expect(namesOf(rooms)).not.toContain('room-1');
});

test('a room keeps its title until it gets another', () => {
  const rooms = new RecentRooms();
  rooms.add('film-night', 'Film night');
  rooms.add('film-night');
  expect(rooms.view.get()).toEqual([{ name: 'film-night', title: 'Film night' }]);
  rooms.add('film-night', '');
  expect(rooms.view.get()).toEqual([{ name: 'film-night', title: '' }]);
});

test('a room can be forgotten', () => {
  const rooms = new RecentRooms();
  rooms.add('a');
  rooms.add('b');
  rooms.forget('b');
  expect(namesOf(rooms)).toEqual(['a']);
  expect(namesOf(new RecentRooms())).toEqual(['a']);
});

test('rooms of another tab are kept', () => {
  const [rooms, other] = [new RecentRooms(), new RecentRooms()];
  rooms.add('a');
  other.add('b');
  rooms.add('c');
  expect(namesOf(rooms)).toEqual(['c', 'b', 'a']);
});

test.each(['no JSON', '{}', '[null, {"name": ""}, {"name": 1, "title": ""}]'])(
  'what is stored may be %j',
  stored => {
    items.set('watchparty.recentRooms', stored);
    expect(namesOf(new RecentRooms())).toEqual([]);
  },
);
