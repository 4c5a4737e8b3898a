import { beforeEach, expect, test } from 'vitest';
import { PendingCommands } from './pendingCommands';
import { Playability } from './playability';
import { PlaybackTarget } from './playbackTarget';
import { PlayerDriver } from './playerDriver';
import { TestingPlayer } from './testing/TestingPlayer';
import { TestingSurroundings } from './testing/TestingSurroundings';

let around: TestingSurroundings;
let driver: PlayerDriver;
let target: PlaybackTarget;
let playability: Playability;

beforeEach(() => {
  around = new TestingSurroundings();
  driver = new PlayerDriver(around.clock, () => undefined);
  target = new PlaybackTarget(around, driver, new PendingCommands(around.clock));
  playability = new Playability(around, driver, target);
  driver.attach(new TestingPlayer({ clock: around.clock }), 'first');
  target.setRoom({ videoId: 'first', playing: true, positionS: 0 });
});

test('a start counts as blocked after three seconds of standstill', () => {
  driver.play();
  around.clock.advance(2900);
  playability.noticeStandstill();
  expect(playability.isBlocked).toBe(false);
  around.clock.advance(100);
  playability.noticeStandstill();
  expect(playability.isBlocked).toBe(true);
  playability.unblock();
  expect(playability.isBlocked).toBe(false);
});

test('a standstill in a hidden tab means nothing', () => {
  around.hidden = true;
  around.clock.advance(10_000);
  playability.noticeStandstill();
  expect(playability.isBlocked).toBe(false);
});

test('the page takes part with a player and a video', () => {
  expect(playability.takesPart).toBe(true);
  target.setRoom({ videoId: '', playing: false, positionS: 0 });
  expect(playability.takesPart).toBe(false);
  target.setRoom({ videoId: 'first', playing: true, positionS: 0 });
  driver.detach();
  expect(playability.takesPart).toBe(false);
});

test('a failure concerns one video, until the player plays it after all', () => {
  playability.fail();
  expect(playability.takesPart).toBe(false);
  target.setRoom({ videoId: 'second', playing: true, positionS: 0 });
  expect(playability.takesPart).toBe(true);
  target.setRoom({ videoId: 'first', playing: true, positionS: 0 });
  expect(playability.takesPart).toBe(false);
  playability.reset();
  expect(playability.takesPart).toBe(true);
});
