import { beforeEach, expect, test } from 'vitest';
import type { User, UserReport } from '../protocol/messages';
import { PeopleStates } from './peopleStates';
import type { PersonState } from './personState';

let users: User[];
let self: { socketId: string; personId: string; state: PersonState };
let states: PeopleStates;

beforeEach(() => {
  users = [
    tab('own', 'me'),
    tab('ann-1', 'ann'),
    tab('ann-2', 'ann'),
    { ...tab('bob', ''), username: 'Bob' },
  ];
  self = {
    socketId: 'own',
    personId: 'me',
    state: { player: 'playing', hidden: false, reconnecting: false },
  };
  states = new PeopleStates(
    () => users,
    () => self,
  );
});

function tab(socketId: string, participantId: string): User {
  return { socketId, username: 'Ann', joinedAt: 1, ...(participantId === '' ? {} : { participantId }) };
}

function report(socketId: string, change: Partial<UserReport> = {}): UserReport {
  return { socketId, player: 'playing', hidden: false, reconnecting: false, ...change };
}

const stateOf = (id: string) => states.view.get().get(id);

test('a person without a report has no state', () => {
  states.replace([report('bob', { driftMs: 40 })]);
  expect(stateOf('bob')).toEqual({ player: 'playing', driftMs: 40, hidden: false, reconnecting: false });
  expect(stateOf('ann')).toBeUndefined();
});

test('an entry replaces all that was known of its socket', () => {
  states.replace([report('bob', { driftMs: 40, hidden: true })]);
  states.apply([report('bob', { player: 'blocked' })]);
  expect(stateOf('bob')).toEqual({ player: 'blocked', hidden: false, reconnecting: false });
});

test.each<[string, Partial<UserReport>, Partial<UserReport>]>([
  ['connected before reconnecting', { player: 'none', hidden: true }, { reconnecting: true }],
  ['seen before hidden', { player: 'failed' }, { hidden: true }],
  ['paused before buffering', { player: 'paused' }, { player: 'buffering' }],
  ['buffering before blocked', { player: 'buffering' }, { player: 'blocked' }],
  ['blocked before failed', { player: 'blocked' }, { player: 'failed' }],
  ['failed before none', { player: 'failed' }, { player: 'none' }],
])('of two tabs the better one counts: %s', (_, better, worse) => {
  states.replace([report('ann-1', better), report('ann-2', worse)]);
  expect(stateOf('ann')).toMatchObject(better);
  states.replace([report('ann-1', worse), report('ann-2', better)]);
  expect(stateOf('ann')).toMatchObject(better);
});

test('a tab that has never told anything counts last', () => {
  const { player: _, ...untold } = report('ann-1');
  states.replace([untold, report('ann-2', { player: 'none' })]);
  expect(stateOf('ann')?.player).toBe('none');
});

test('a tab that leaves is forgotten with its report', () => {
  states.replace([report('ann-1'), report('ann-2', { hidden: true })]);
  states.leave('ann-1');
  expect(stateOf('ann')?.hidden).toBe(true);
  states.leave('ann-2');
  expect(stateOf('ann')).toBeUndefined();
});

test('what this page knows of itself counts, whatever the server says of it', () => {
  states.replace([report('own', { player: 'failed' })]);
  expect(stateOf('me')).toBe(self.state);
  self.state = { ...self.state, hidden: true };
  states.selfMayHaveChanged();
  expect(stateOf('me')).toBe(self.state);
});

test("this page is one of its person's tabs", () => {
  users.push(tab('own-2', 'me'));
  self.state = { player: 'blocked', hidden: false, reconnecting: false };
  states.replace([report('own-2', { driftMs: 10 })]);
  expect(stateOf('me')).toMatchObject({ player: 'playing', driftMs: 10 });
});

test('a report that came before its person counts when the person is there', () => {
  states.apply([report('zoe')]);
  expect(stateOf('zoe')).toBeUndefined();
  users.push({ socketId: 'zoe', username: 'Zoe', joinedAt: 2 });
  states.refresh();
  expect(stateOf('zoe')?.player).toBe('playing');
});

test('a state that stays the same keeps its object, and nobody hears of it', () => {
  states.replace([report('bob', { driftMs: 40 })]);
  const before = states.view.get();
  let changes = 0;
  states.view.subscribe(() => changes++);
  states.apply([report('bob', { driftMs: 40 })]);
  expect(states.view.get()).toBe(before);
  const bob = stateOf('bob');
  states.apply([report('ann-1')]);
  expect(stateOf('bob')).toBe(bob);
  expect(changes).toBe(1);
});
