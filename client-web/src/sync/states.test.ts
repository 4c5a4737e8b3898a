import { beforeEach, expect, test } from 'vitest';
import { AUTOPLAY_PATIENCE_MS, PEOPLE_REFRESH_MS } from '../constants';
import { TestingClock } from './testing/TestingClock';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

const VIDEO = 'dQw4w9WgXcQ';
/** Until a change is known to all. */
const TOLD_MS = 2500;

let clock: TestingClock;
let server: TestingServer;
let ann: TestingPage;
let bob: TestingPage;

beforeEach(() => {
  clock = new TestingClock();
  server = new TestingServer(clock);
  server.knowsPeople = true;
  server.set({ videoId: VIDEO, playing: true, positionS: 30 });
  ann = new TestingPage({ clock, server });
  bob = new TestingPage({ clock, server, username: 'Bob' });
  clock.advance(5000);
});

/** How a page shows the person at another page, or at itself. */
function seen(at: TestingPage, whom: TestingPage) {
  return at.session.states.view.get().get(whom.session.view.get().selfId ?? '');
}

test('people in step see it of each other and of themselves', () => {
  for (const at of [ann, bob]) {
    for (const whom of [ann, bob]) {
      expect(seen(at, whom)).toMatchObject({ player: 'playing', hidden: false, reconnecting: false });
      expect(Math.abs(seen(at, whom)?.driftMs ?? Number.NaN)).toBeLessThan(150);
    }
  }
});

test('a stall is seen, and its end too', () => {
  bob.player.stalls(4000);
  clock.advance(TOLD_MS);
  for (const at of [ann, bob]) expect(seen(at, bob)).toMatchObject({ player: 'buffering' });
  expect(seen(ann, bob)).not.toHaveProperty('driftMs');
  clock.advance(10_000);
  expect(seen(ann, bob)?.player).toBe('playing');
  expect(Math.abs(seen(ann, bob)?.driftMs ?? Number.NaN)).toBeLessThan(150);
});

test('a player that the browser blocks is seen', () => {
  const carol = new TestingPage({ clock, server, username: 'Carol', player: { blocked: true } });
  clock.advance(AUTOPLAY_PATIENCE_MS + TOLD_MS);
  expect(seen(ann, carol)?.player).toBe('blocked');
});

test('a video that cannot be shown is seen, until there is another one', () => {
  const carol = new TestingPage({ clock, server, username: 'Carol', player: { blocked: true } });
  carol.playback.playerFailed();
  clock.advance(TOLD_MS);
  expect(seen(ann, carol)?.player).toBe('failed');
  server.changeVideo('M7lc1UVf-VE');
  clock.advance(TOLD_MS);
  expect(seen(ann, carol)).toMatchObject({ player: 'paused', driftMs: 0 });
});

test('a player that could not be loaded is seen as failed, and the next attempt as none', () => {
  bob.playback.detach();
  clock.advance(TOLD_MS);
  expect(seen(ann, bob)?.player).toBe('none');
  bob.playback.playerMissing();
  clock.advance(TOLD_MS);
  expect(seen(ann, bob)?.player).toBe('failed');
  bob.playback.detach();
  clock.advance(TOLD_MS);
  expect(seen(ann, bob)?.player).toBe('none');
});

test('a tab that is hidden is seen as such, with its drift', () => {
  bob.setHidden(true);
  clock.advance(TOLD_MS);
  expect(seen(ann, bob)).toMatchObject({ player: 'playing', hidden: true, driftMs: expect.any(Number) });
});

test('a live stream has no drift', () => {
  bob.player.live = true;
  clock.every(100, () => {
    bob.player.shownDurationS = bob.player.positionS() + 5;
  });
  clock.advance(10_000);
  expect(seen(ann, bob)?.player).toBe('playing');
  expect(seen(ann, bob)).not.toHaveProperty('driftMs');
});

test('without a video nobody has a player', () => {
  const room = new TestingServer(clock);
  const alone = new TestingPage({ clock, server: room });
  clock.advance(TOLD_MS);
  expect(seen(alone, alone)?.player).toBe('none');
});

test('a page that has lost the connection knows it of itself, and nothing of the others', () => {
  bob.socket.drop();
  expect(seen(bob, bob)?.reconnecting).toBe(true);
  expect(seen(bob, ann)).toBeUndefined();
  bob.socket.connect();
  clock.advance(TOLD_MS);
  expect(seen(bob, ann)?.player).toBe('playing');
  expect(seen(bob, bob)?.reconnecting).toBe(false);
  expect(seen(ann, bob)?.player).toBe('playing');
});

test('a page without a network knows that it is offline, until the network is back', () => {
  bob.networkUp = false;
  bob.socket.drop();
  bob.session.networkChanged();
  expect(seen(bob, bob)).toMatchObject({ reconnecting: true, offline: true });
  bob.networkUp = true;
  bob.session.networkChanged();
  expect(seen(bob, bob)?.offline).toBeUndefined();
});

test('a page shows at once what its own player does', () => {
  bob.player.stalls(4000);
  clock.advance(100);
  expect(seen(bob, bob)?.player).toBe('buffering');
  const shown = () => bob.session.playback.view.get();
  while (shown().playerState === 'buffering') clock.advance(100);
  expect(seen(bob, bob)).toMatchObject({ player: 'playing', driftMs: shown().deltaMs });
});

test('a person who is lost and may come back is seen as reconnecting', () => {
  server.setReport({ socketId: bob.socket.id, player: 'playing', hidden: false, reconnecting: true });
  clock.advance(100);
  expect(seen(ann, bob)?.reconnecting).toBe(true);
});

test('of two tabs the better one counts, for the person at them too', () => {
  const tab = new TestingPage({
    clock,
    server,
    username: 'Bob',
    keeper: { token: () => `token of ${bob.session.view.get().selfId}`, keep: () => undefined },
  });
  tab.setHidden(true);
  clock.advance(TOLD_MS);
  for (const at of [ann, bob, tab]) expect(seen(at, bob)?.hidden).toBe(false);
  bob.socket.disconnect();
  clock.advance(TOLD_MS);
  for (const at of [ann, tab]) expect(seen(at, tab)?.hidden).toBe(true);
});

test('a page that tells nothing has no state', () => {
  server.populate(['Oli']);
  ann.socket.drop();
  ann.socket.connect();
  clock.advance(TOLD_MS);
  expect(ann.session.view.get().participants.map(({ username }) => username)).toContain('Oli');
  expect(ann.session.states.view.get().get('crowd-0')).toBeUndefined();
});

test('a report that came too fast is made again, and is no message to the person', () => {
  server.refuseNextReport = 'RATE_LIMITED';
  bob.setHidden(true);
  clock.advance(TOLD_MS);
  expect(seen(ann, bob)?.hidden).toBe(false);
  expect(bob.session.view.get().notice).toBeUndefined();
  clock.advance(5000);
  expect(seen(ann, bob)?.hidden).toBe(true);
});

test('the page of a large room brings the states of its people', () => {
  const large = new TestingServer(clock);
  large.populate(Array.from({ length: 260 }, (_, i) => `Guest ${i}`));
  large.setReport({ socketId: 'crowd-3', player: 'blocked', hidden: false, reconnecting: false });
  const page = new TestingPage({ clock, server: large });
  const { states } = page.session;
  expect(states.view.get().get('crowd-3')?.player).toBe('blocked');
  large.setReport({ socketId: 'crowd-255', player: 'failed', hidden: true, reconnecting: false });
  page.session.pages.turnTo(5);
  clock.advance(PEOPLE_REFRESH_MS);
  expect(states.view.get().get('crowd-255')?.player).toBe('failed');
});

test('a room that has become large is read in pages, because states are not told any more', () => {
  const crowd = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      socketId: `new-${i}`,
      username: `New ${i}`,
      joinedAt: 1e12 + i,
    }));
  for (const user of crowd(250)) server.tell('session:userJoined', { user });
  clock.advance(100);
  expect(ann.session.view.get().comesInPages).toBe(true);
  expect(server.requests.map(({ event }) => event)).toContain('room:people');
  clock.advance(100);
  expect(ann.session.pages.view.get().people.map(({ username }) => username)).toEqual(['Alice', 'Bob']);
  for (const user of crowd(100)) server.tell('session:userLeft', user);
  clock.advance(100);
  expect(ann.session.view.get().comesInPages).toBe(false);
});

test('who watches in step sends little', () => {
  const before = server.reported.length;
  clock.advance(120_000);
  expect(server.reported.length - before).toBeLessThanOrEqual(4);
});
