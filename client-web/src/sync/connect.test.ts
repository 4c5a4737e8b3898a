import { expect, test } from 'vitest';
import { partySocket } from './connect';

const ADDRESS = { origin: 'http://127.0.0.1:1', path: '/socket.io' };

test('each connection shows the newest credentials', () => {
  let token = 'first';
  const socket = partySocket(ADDRESS, 'film-night', () => ({ identity: token, password: 'open sesame' }));
  const shown: unknown[] = [];
  const { auth } = socket;
  if (typeof auth !== 'function') throw new Error('auth is fixed');
  auth(data => shown.push(data));
  token = 'second';
  auth(data => shown.push(data));
  const door = { room: 'film-night', generation: 3, password: 'open sesame' };
  expect(shown).toEqual([
    { ...door, identity: 'first' },
    { ...door, identity: 'second' },
  ]);
});

test('the open room has no name', () => {
  const { auth } = partySocket(ADDRESS, undefined, () => ({}));
  const shown: unknown[] = [];
  if (typeof auth === 'function') auth(data => shown.push(data));
  expect(shown).toEqual([{ generation: 3 }]);
});
