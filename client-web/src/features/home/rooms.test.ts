import { afterEach, expect, test, vi } from 'vitest';
import { askServer, type Creation, createRoom } from './rooms';

const PLACE = new URL('https://watch.example.com/party/');
const CREATED = {
  room: 'film-night',
  path: '/r/film-night',
  participantId: 'abcdefghijklmnopqrst',
  token: 'secret',
  expiresAt: 1_800_000_000_000,
};

afterEach(() => {
  vi.unstubAllGlobals();
});

function answer(status: number, body: string) {
  const asked = vi.fn(async (_address: URL, _options: RequestInit) => new Response(body, { status }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

test('a room is created below the page’s path', async () => {
  const asked = answer(201, JSON.stringify(CREATED));
  expect(await createRoom(PLACE, { name: 'film-night' })).toEqual({ ...CREATED, kind: 'created' });
  const [address, options] = asked.mock.calls[0] ?? [];
  expect(address?.href).toBe('https://watch.example.com/party/api/rooms');
  expect(options).toMatchObject({ method: 'POST', body: '{"name":"film-night"}' });
});

test.each<[number, string, Creation]>([
  [
    409,
    '{"error":{"code":"ROOM_TAKEN","message":"taken"}}',
    { kind: 'refused', code: 'ROOM_TAKEN', message: 'taken' },
  ],
  [
    429,
    '{"error":{"code":"RATE_LIMITED","message":"slowly"}}',
    { kind: 'refused', code: 'RATE_LIMITED', message: 'slowly' },
  ],
  [429, 'Too many requests', { kind: 'refused', code: 'RATE_LIMITED', message: '' }],
  [502, '<html>', { kind: 'refused', code: 'UNAVAILABLE', message: '' }],
  [400, 'null', { kind: 'refused', message: '' }],
  [201, '{"room":"film-night"}', { kind: 'refused', message: '' }],
  [404, '<html>', { kind: 'unsupported' }],
  [405, 'Method not allowed', { kind: 'unsupported' }],
])('the answer %i %s is understood', async (status, body, creation) => {
  answer(status, body);
  expect(await createRoom(PLACE, {})).toEqual(creation);
});

test('a server that is out of reach is a refusal', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await createRoom(PLACE, {})).toEqual({ kind: 'refused', code: 'UNREACHABLE', message: '' });
  expect(await askServer(PLACE)).toBeUndefined();
});

test.each([
  [200, '{"defaultRoom":true}', { defaultRoom: true }],
  [200, '{"defaultRoom":false}', { defaultRoom: false }],
  [200, '{}', undefined],
  [200, '<html>', undefined],
  [404, '{"defaultRoom":true}', undefined],
])('the server says %i %s of itself', async (status, body, info) => {
  answer(status, body);
  expect(await askServer(PLACE)).toEqual(info);
});
