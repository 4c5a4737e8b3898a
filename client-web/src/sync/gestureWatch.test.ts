import { beforeEach, expect, test } from 'vitest';
import { GestureWatch } from './gestureWatch';
import { PendingCommands } from './pendingCommands';
import { PlaybackTarget } from './playbackTarget';
import { PlayerDriver } from './playerDriver';
import { TestingPlayer } from './testing/TestingPlayer';
import { TestingSurroundings } from './testing/TestingSurroundings';

const VIDEO = 'dQw4w9WgXcQ';

let around: TestingSurroundings;
let player: TestingPlayer;
let driver: PlayerDriver;
let gestures: GestureWatch;

/** A player that was seen to play in step with the room. */
beforeEach(() => {
  around = new TestingSurroundings();
  player = new TestingPlayer({ clock: around.clock });
  driver = new PlayerDriver(around.clock, () => undefined);
  const target = new PlaybackTarget(around, driver, new PendingCommands(around.clock));
  gestures = new GestureWatch(around, driver, target);
  driver.attach(player, VIDEO);
  player.personPlays();
  target.setRoom({ videoId: VIDEO, playing: true, positionS: 0 });
  watch(1000);
});

function watch(durationMs: number) {
  const seen = [];
  for (let ms = 0; ms < durationMs; ms += 100) {
    seen.push(...gestures.observe(player.state()));
    around.clock.advance(100);
  }
  return seen.map(({ kind }) => kind);
}

test('a pause in the player is a gesture once it has lasted', () => {
  player.personPauses();
  expect(watch(200)).toEqual([]);
  expect(gestures.isBusy).toBe(true);
  expect(watch(1000)).toEqual(['pause']);
  expect(gestures.isBusy).toBe(false);
});

test.each<[string, () => void]>([
  ['without a connection', () => Object.assign(around, { connected: false })],
  ['in a hidden tab', () => Object.assign(around, { hidden: true })],
  ['while another video is loaded', () => driver.unload()],
])('a pause %s is nobody’s gesture', (_, make) => {
  make();
  player.personPauses();
  expect(watch(2000)).toEqual([]);
  expect(gestures.isBusy).toBe(false);
});

test('a pause that our own operation has just caused is nobody’s gesture', () => {
  driver.pause();
  player.personPauses();
  expect(watch(2000)).toEqual([]);
});
