import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testingStorage } from '../testing/testingStorage';
import { type Identity, identities } from './identities';

const NOW_MS = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

const items = testingStorage();
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

function identity(token: string, expiresAt = NOW_MS + HOUR_MS): Identity {
  return { participantId: `participant of ${token}`, token, expiresAt };
}

test('keeps one identity for each room', () => {
  identities.keep('film-night', identity('a'));
  identities.keep('кино', identity('b'));
  identities.keep('film-night', identity('c'));
  expect(identities.of('film-night')).toEqual(identity('c'));
  expect(identities.of('кино')).toEqual(identity('b'));
  expect(identities.of('other')).toBeUndefined();
});

test('an expired identity is forgotten', () => {
  identities.keep('film-night', identity('a'));
  vi.setSystemTime(NOW_MS + HOUR_MS);
  expect(identities.of('film-night')).toBeUndefined();
  identities.keep('кино', identity('b', NOW_MS + 2 * HOUR_MS));
  expect([...items.values()].join()).not.toContain('film-night');
});

test('of more than fifty rooms, the latest are kept', () => {
  for (let i = 0; i < 50; i++) identities.keep(`room-${i}`, identity(`${i}`));
  identities.keep('room-0', identity('again'));
  identities.keep('room-50', identity('50'));
  expect(identities.of('room-0')).toEqual(identity('again'));
  expect(identities.of('room-1')).toBeUndefined();
  expect(identities.of('room-2')).toEqual(identity('2'));
  expect(identities.of('room-50')).toEqual(identity('50'));
});

test.each(['no JSON', '{}', 'null', '[null, 1, {"room": "film-night", "token": 1}]'])(
  'what is stored may be %j',
  stored => {
    items.set('watchparty.identities', stored);
    expect(identities.of('film-night')).toBeUndefined();
    identities.keep('film-night', identity('a'));
    expect(identities.of('film-night')).toEqual(identity('a'));
  },
);

test('a browser that refuses to remember costs nobody the role of a host during the visit', () => {
  vi.stubGlobal('localStorage', undefined);
  identities.keep('host-of-this', identity('a'));
  identities.keep('and-of-this', identity('b'));
  expect(identities.of('host-of-this')).toEqual(identity('a'));
  expect(identities.of('and-of-this')).toEqual(identity('b'));
  expect(identities.of('other')).toBeUndefined();
});
