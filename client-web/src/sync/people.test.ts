import { beforeEach, expect, test } from 'vitest';
import type { User } from '../protocol/messages';
import { People } from './people';

let people: People;
let told: string[];

beforeEach(() => {
  told = [];
  people = new People(({ kind, username, before }) =>
    told.push(`${before === undefined ? '' : `${before} `}${kind} ${username}`),
  );
});

const tab = (socketId: string, username: string, joinedAt: number, participantId = 'ann'): User => ({
  socketId,
  username,
  joinedAt,
  participantId,
});
const bob: User = { socketId: 'bob', username: 'Bob', joinedAt: 5 };
const listed = () => people.list.map(({ username, joinedAt }) => `${username} ${joinedAt}`);

test('the tabs of a person are one line, at the place of the first, under the newest name', () => {
  people.replace([tab('s2', 'Annie', 9), bob, tab('s1', 'Ann', 1)]);
  expect(listed()).toEqual(['Annie 1', 'Bob 5']);
  people.join(tab('s1', 'Anna', 1));
  expect(listed()).toEqual(['Anna 1', 'Bob 5']);
});

test('a person keeps the colour while tabs come and go', () => {
  people.replace([tab('s1', 'Ann', 1), bob]);
  const colour = people.find('ann')?.colour;
  people.join(tab('s2', 'Zoe', 9));
  people.leave({ socketId: 's1', username: 'Ann' });
  expect(people.find('ann')?.colour).toBe(colour);
});

test('nobody is told of another tab, and of one that goes', () => {
  people.replace([tab('s1', 'Ann', 1)]);
  people.join(tab('s2', 'Ann', 1));
  people.leave({ socketId: 's1', username: 'Ann' });
  expect(told).toEqual([]);
  people.leave({ socketId: 's2', username: 'Ann' });
  expect(listed()).toEqual([]);
  expect(told).toEqual(['left Ann']);
});

test('a person who comes back later has left and joined', () => {
  people.replace([tab('s1', 'Ann', 1)]);
  people.connectionLost();
  people.leave({ socketId: 's1', username: 'Ann' });
  people.join(tab('s2', 'Ann', 7));
  expect(told).toEqual(['left Ann', 'joined Ann']);
});

test('the first socket of a person has no other id, and its later ones have that', () => {
  people.replace([bob]);
  people.join(tab('s2', 'Bob', 7, 'bob'));
  people.leave({ socketId: 'bob', username: 'Bob' });
  expect(told).toEqual([]);
  expect(people.find('bob')?.username).toBe('Bob');
});

test('the tabs of a person count once in a large room too', () => {
  people.replace([tab('s1', 'Ann', 1), tab('s2', 'Ann', 2), bob], 300);
  expect(people.count).toBe(300);
  people.replace([tab('s1', 'Ann', 1), tab('s2', 'Ann', 2), bob]);
  expect(people.count).toBe(2);
});

test('the server counts the people of a large room', () => {
  people.replace([bob], 300);
  people.countIs(290);
  expect(people.count).toBe(290);
  people.countIs(0);
  expect(people.count).toBe(1);
});

test('only a person who was here leaves', () => {
  people.replace([bob]);
  people.leave({ socketId: 'nobody', username: 'Nobody' });
  expect(told).toEqual([]);
});

test('another name is told with the one before', () => {
  people.replace([bob]);
  people.join({ ...bob, username: 'Robert' });
  people.join({ ...bob, username: 'Robert' });
  expect(told).toEqual(['Bob renamed Robert']);
});

test('those whom the list leaves out are counted while they come and go', () => {
  people.replace([tab('s1', 'Ann', 1), { ...bob, joinedAt: 9 }], 5);
  expect(people.count).toBe(5);
  people.join(tab('s9', 'Zoe', 10, 'zoe'));
  expect(people.count).toBe(6);
  people.leave({ socketId: 's5', username: 'Eve' });
  people.leave({ socketId: 's1', username: 'Ann' });
  expect(people.count).toBe(4);
  expect(told).toEqual(['joined Zoe', 'left Ann']);
});

test('another name of a person whom the list left out is no arrival', () => {
  people.replace([tab('s1', 'Ann', 1), { ...bob, joinedAt: 9 }], 3);
  people.join(tab('s5', 'Eva', 5, 'eve'));
  expect(people.count).toBe(3);
  expect(listed()).toEqual(['Ann 1', 'Eva 5', 'Bob 9']);
  expect(told).toEqual([]);
});
