import { beforeEach, expect, test } from 'vitest';
import { PlaybackController } from './playbackController';
import { TestingClock } from './testing/TestingClock';
import { TestingPlayer } from './testing/TestingPlayer';

const VIDEO = 'dQw4w9WgXcQ';

let clock: TestingClock;
let player: TestingPlayer;
let playback: PlaybackController;
let latencyMs: number;

/** A page in step with a room that plays. */
beforeEach(() => {
  clock = new TestingClock();
  player = new TestingPlayer({ clock });
  latencyMs = 400;
  playback = new PlaybackController({
    clock,
    latencyMs: () => latencyMs,
    send: () => true,
    isConnected: () => true,
    maySteer: () => true,
    denied: () => undefined,
    isHidden: () => false,
  });
  playback.applySnapshot({ videoId: VIDEO, playing: true, positionS: 100 });
  player.onChange = () => playback.playerChanged();
  playback.attach(player, VIDEO);
  clock.advance(10_000);
  player.calls.length = 0;
});

const deltaS = () => (playback.deltaMs() ?? Number.NaN) / 1000;

function advanceUntil(isSatisfied: () => boolean): void {
  for (let i = 0; i < 200 && !isSatisfied(); i++) clock.advance(100);
  expect(isSatisfied()).toBe(true);
}

/** A stall leaves the player that far behind, and the nudge begins. */
function nudgeAfterStall(stallMs: number): void {
  player.stalls(stallMs);
  advanceUntil(() => player.calls.length > 0);
  expect(player.calls).toEqual(['rate 1.25']);
}

test('a nudge ends in step', () => {
  nudgeAfterStall(600);
  advanceUntil(() => player.calls.length > 1);
  expect(player.calls).toEqual(['rate 1.25', 'rate 1']);
  expect(Math.abs(deltaS())).toBeLessThan(0.06);
});

test('a nudge ends sooner when less is missing than it seemed', () => {
  nudgeAfterStall(600);
  latencyMs -= 300;
  advanceUntil(() => player.calls.length > 1);
  expect(player.calls).toEqual(['rate 1.25', 'rate 1']);
  expect(Math.abs(deltaS())).toBeLessThan(0.06);
});

test('a nudge goes on when more is missing than it seemed', () => {
  nudgeAfterStall(400);
  latencyMs += 300;
  advanceUntil(() => player.calls.length > 1);
  expect(player.calls).toEqual(['rate 1.25', 'rate 1']);
  expect(Math.abs(deltaS())).toBeLessThan(0.06);
});

test('a nudge turns around when the player is ahead after all', () => {
  nudgeAfterStall(500);
  latencyMs -= 800;
  clock.advance(300);
  expect(player.calls).toEqual(['rate 1.25', 'rate 1']);
  advanceUntil(() => player.calls.length === 4);
  expect(player.calls.slice(2)).toEqual(['rate 0.75', 'rate 1']);
  expect(Math.abs(deltaS())).toBeLessThan(0.06);
});

test('a nudge becomes a jump when the room is far away after all', () => {
  nudgeAfterStall(500);
  latencyMs += 2000;
  clock.advance(300);
  expect(player.calls[1]).toBe('rate 1');
  expect(player.calls[2]).toMatch(/^seek/);
});

test.each([-1.2, 0.83, -1.4])('%f s after a jump that missed are nudged until the next one', errorS => {
  const jumps = () => player.calls.filter(call => call.startsWith('seek')).length;
  const seekTo = player.seekTo.bind(player);
  player.seekTo = positionS => seekTo(positionS + errorS);
  player.stalls(1700);
  advanceUntil(() => jumps() === 1);
  clock.advance(1500);
  const missedS = deltaS();
  clock.advance(1000);
  expect(jumps()).toBe(1);
  expect(Math.abs(deltaS())).toBeLessThan(Math.abs(missedS) - 0.2);
  advanceUntil(() => Math.abs(deltaS()) < 0.12);
  expect(jumps()).toBeLessThanOrEqual(2);
});

test('a player that ignores rates is not nudged for ever', () => {
  player.setRate = rate => player.calls.push(`rate ${rate}`);
  player.stalls(500);
  advanceUntil(() => player.calls.some(call => call.startsWith('seek')));
  expect(player.calls.filter(call => call === 'rate 1.25')).toHaveLength(3);
});
