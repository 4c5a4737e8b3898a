import { beforeEach, expect, test } from 'vitest';
import { DriftWatch } from './driftWatch';
import { PausedSync } from './pausedSync';
import { PendingCommands } from './pendingCommands';
import { PlaybackTarget } from './playbackTarget';
import { PlayerDriver } from './playerDriver';
import { TestingPlayer } from './testing/TestingPlayer';
import { TestingSurroundings } from './testing/TestingSurroundings';

const VIDEO = 'dQw4w9WgXcQ';

let around: TestingSurroundings;
let player: TestingPlayer;
let paused: PausedSync;

/** A room that was paused at 100 s, and a player that stands at 0 s. */
beforeEach(() => {
  around = new TestingSurroundings();
  const { clock } = around;
  player = new TestingPlayer({ clock });
  const driver = new PlayerDriver(clock, () => paused.forgetSeek());
  const target = new PlaybackTarget(around, driver, new PendingCommands(clock));
  paused = new PausedSync(clock, driver, target, new DriftWatch());
  driver.attach(player, VIDEO);
  target.setRoom({ videoId: VIDEO, playing: false, positionS: 100 });
});

test('a cued player is cued at the target, for a seek would start it', () => {
  paused.follow('cued', 0.3);
  expect(player.calls).toEqual([`cue ${VIDEO} 100.0`]);
});

test('a playing player is paused first, and moved once it has paused', () => {
  player.personPlays();
  paused.follow('playing', 0.3);
  expect(player.calls).toEqual(['pause']);
  paused.correctFrame();
  expect(player.calls).toEqual(['pause', 'seek 100.0']);
});

test('a player that plays on is told to pause again after two seconds', () => {
  player.personPlays();
  paused.reassert('playing');
  around.clock.advance(1900);
  paused.reassert('playing');
  expect(player.calls).toEqual([]);
  around.clock.advance(100);
  paused.reassert('playing');
  expect(player.calls).toEqual(['pause']);
});

test('a player that was seen paused in between is not told again', () => {
  paused.reassert('playing');
  around.clock.advance(1900);
  paused.reassert('paused');
  paused.reassert('playing');
  around.clock.advance(1900);
  paused.reassert('playing');
  expect(player.calls).toEqual([]);
});

test('seeks to a frame that the player does not reach become rarer', () => {
  player.personPauses();
  player.seekTo = positionS => player.calls.push(`seek ${positionS}`);
  for (let i = 0; i < 100; i++) {
    paused.correctFrame();
    around.clock.advance(100);
  }
  expect(player.calls).toEqual(['seek 100', 'seek 100', 'seek 100']);
});
