import { beforeEach, expect, test } from 'vitest';
import { TestingClock } from './testing/TestingClock';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

const VIDEO = 'dQw4w9WgXcQ';
const WINDOW_S = 600;

let clock: TestingClock;
let server: TestingServer;
let page: TestingPage;

/** A page at a stream that has gone on for so long, in a room that plays; the player says so, or only its length does. */
function watchLive(goneS: number, says = true): void {
  clock = new TestingClock();
  server = new TestingServer(clock);
  server.set({ videoId: VIDEO, playing: false, positionS: 0 });
  page = new TestingPage({ clock, server });
  const { player } = page;
  const startedMs = clock.nowMs() - goneS * 1000;
  const edgeS = () => (clock.nowMs() - startedMs) / 1000;
  player.live = says;
  player.durationS = edgeS;
  const seekTo = player.seekTo.bind(player);
  player.shownDurationS = Number.POSITIVE_INFINITY;
  player.seekTo = positionS => seekTo(Math.min(Math.max(positionS, edgeS() - WINDOW_S), edgeS()));
  player.load = (_, startS) => {
    player.calls.push(`load at ${startS}`);
    player.seekTo(startS === 0 ? edgeS() : startS);
  };
  player.play = () => {
    player.calls.push('play');
    if (player.state() !== 'playing') player.seekTo(player.positionS() || edgeS());
    player.personPlays();
  };
  server.change('play', 0);
  clock.advance(10_000);
  page.player.calls.length = 0;
}

beforeEach(() => watchLive(7200));

const view = () => page.playback.view.get();
const seeks = () => page.player.calls.filter(call => call.startsWith('seek'));
const sent = () => server.commands.map(command => command.event.replace('session:', ''));
const behindS = () => page.player.durationS() - page.player.positionS();

test('is played at its edge and left alone', () => {
  expect(view().live).toBe(true);
  expect(view().ended).toBe(false);
  clock.advance(120_000);
  expect(page.player.calls).toEqual([]);
  expect(sent()).toEqual([]);
  expect(behindS()).toBeLessThan(20);
  expect(view().deltaMs).toBeNull();
  server.change('pause', 60);
  clock.advance(500);
  expect(page.session.view.get().activity[0]).not.toHaveProperty('timeS');
});

test('is recognised by its length alone', () => {
  watchLive(7200, false);
  clock.advance(60_000);
  page.player.calls.length = 0;
  expect(view().live).toBe(true);
  expect(behindS()).toBeLessThan(20);
  clock.advance(120_000);
  expect(page.player.calls).toEqual([]);
  expect(sent()).toEqual([]);
});

test.each(['seek', 'play'] as const)('a %s of the room to anywhere moves nobody', kind => {
  for (const toS of [0, 6000, 86_400, 90_000]) {
    server.change(kind, toS);
    clock.advance(3000);
  }
  expect(seeks()).toEqual([]);
  expect(page.player.state()).toBe('playing');
  expect(behindS()).toBeLessThan(20);
});

test('is paused and played together, without positions', () => {
  page.playback.toggle();
  clock.advance(2000);
  expect(page.player.state()).toBe('paused');
  clock.advance(900_000);
  page.playback.toggle();
  clock.advance(5000);
  expect(page.player.state()).toBe('playing');
  expect(server.commands.map(command => command.payload)).toEqual([{}, {}]);
  expect(sent()).toEqual(['pause', 'play']);
  expect(behindS()).toBeLessThan(20);
});

test('is taken up at its edge when somebody else plays again', () => {
  server.change('pause', 5);
  clock.advance(300_000);
  server.change('play', 5);
  clock.advance(5000);
  expect(page.player.state()).toBe('playing');
  expect(behindS()).toBeLessThan(20);
  expect(sent()).toEqual([]);
});

test('is paused for all by a pause in the player', () => {
  page.player.personPauses();
  clock.advance(2000);
  expect(sent()).toEqual(['pause']);
  expect(server.commands[0]?.payload).toEqual({});
});

test('is not sought in by the page, nor by a person in the player', () => {
  page.playback.seekTo(90_000);
  page.playback.seekBy(-5);
  page.player.personClicks(7000);
  clock.advance(5000);
  expect(sent()).toEqual([]);
  expect(behindS()).toBeGreaterThan(100);
  expect(view().behindEdgeS).toBeGreaterThan(100);
  page.playback.jumpToLive();
  clock.advance(3000);
  expect(behindS()).toBeLessThan(20);
  expect(sent()).toEqual([]);
});

test('goes on for more than a day', () => {
  watchLive(25 * 3600);
  clock.advance(60_000);
  expect(page.player.calls).toEqual([]);
  page.playback.toggle();
  clock.advance(2000);
  expect(page.player.state()).toBe('paused');
  expect(server.commands.map(command => command.payload)).toEqual([{}]);
});

test('is forgotten with the next video, even if the player is late', () => {
  server.changeVideo('M7lc1UVf-VE');
  clock.advance(300);
  page.player.live = false;
  page.player.durationS = () => 600;
  clock.advance(2000);
  expect(view().live).toBe(false);
  expect(view().durationS).toBe(600);
});

test('stays one when the player says no longer so, as at its end', () => {
  page.player.live = false;
  clock.advance(10_000);
  expect(view().live).toBe(true);
  expect(page.player.calls).toEqual([]);
});
