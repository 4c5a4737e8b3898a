import { beforeEach, describe, expect, test } from 'vitest';
import { PendingCommands } from './pendingCommands';
import { PlaybackTarget } from './playbackTarget';
import { PlayerDriver } from './playerDriver';
import { TestingPlayer } from './testing/TestingPlayer';
import { TestingSurroundings } from './testing/TestingSurroundings';

const VIDEO = 'dQw4w9WgXcQ';

let around: TestingSurroundings;
let driver: PlayerDriver;
let pending: PendingCommands;
let target: PlaybackTarget;

/** A room that plays at 100 s, and a player that plays there. */
beforeEach(() => {
  around = new TestingSurroundings();
  driver = new PlayerDriver(around.clock, () => undefined);
  pending = new PendingCommands(around.clock);
  target = new PlaybackTarget(around, driver, pending);
  const player = new TestingPlayer({ clock: around.clock, delayMs: () => 0, durationS: 600 });
  driver.attach(player, VIDEO);
  player.personClicks(100);
  around.clock.advance(0);
  player.personPlays();
  driver.notice();
  target.setRoom({ videoId: VIDEO, playing: true, positionS: 100 });
});

describe('the room', () => {
  test('goes on playing after a seek, and keeps its video', () => {
    target.changeRoom('seek', 300);
    around.clock.advance(2000);
    expect(target.roomPlayback()).toEqual({ videoId: VIDEO, playing: true, positionS: 302 });
  });

  test('stands still after a pause, and after a seek that follows', () => {
    target.changeRoom('pause', 120);
    target.changeRoom('seek', 300);
    around.clock.advance(2000);
    expect(target.roomPlayback()).toEqual({ videoId: VIDEO, playing: false, positionS: 300 });
  });

  test('stands at the end of a video that has ended', () => {
    target.changeRoom('seek', 599);
    expect(target.isEnded()).toBe(false);
    around.clock.advance(5000);
    expect(target.roomPlayback()).toEqual({ videoId: VIDEO, playing: false, positionS: 600 });
    expect(target.isEnded()).toBe(true);
    expect(target.deltaMs()).toBeNull();
  });
});

test('a pending command is the target until it is forgotten', () => {
  pending.make(VIDEO, false, 200, 0);
  expect([target.playing, target.positionS()]).toEqual([false, 200]);
  expect([target.roomPlays, target.roomPlayback().positionS]).toEqual([true, 100]);
  pending.forget();
  expect([target.playing, target.positionS()]).toEqual([true, 100]);
});

describe('the player, compared with the target', () => {
  test('is behind by the lead of the target', () => {
    target.changeRoom('seek', 100.5);
    expect(target.behindS()).toBeCloseTo(0.5);
    expect(target.deltaMs()).toBe(-500);
  });

  test('gives its position as the time of a command only when it is near', () => {
    target.changeRoom('seek', 100.9);
    expect(target.timeOfPlayer()).toEqual({ timeS: 100 });
    target.changeRoom('seek', 101.1);
    expect(target.timeOfPlayer()).toEqual({});
    expect(target.timeOfPlayer(2)).toEqual({ timeS: 100 });
  });

  test('cannot be compared when it is gone', () => {
    driver.detach();
    expect(target.behindS()).toBe(0);
    expect(target.deltaMs()).toBeNull();
    expect(target.timeOfPlayer()).toEqual({});
  });
});
