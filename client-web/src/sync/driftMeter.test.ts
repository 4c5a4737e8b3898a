import { beforeEach, expect, test } from 'vitest';
import { SETTLE_MS } from '../constants';
import { DriftMeter } from './driftMeter';
import type { PlayerCondition } from './playerCondition';

const STEP_MS = 100;

let meter: DriftMeter;
let nowMs: number;

beforeEach(() => {
  meter = new DriftMeter();
  nowMs = 1000;
});

/** Observes for a time, and returns the drift at its end. */
function observe(
  condition: Partial<PlayerCondition>,
  durationMs: number,
  stepMs = STEP_MS,
): number | undefined {
  for (const endMs = nowMs + durationMs; nowMs < endMs; nowMs += stepMs) {
    meter.observe({ player: 'playing', deltaMs: 0, isJumping: false, ...condition }, nowMs);
  }
  return meter.driftMs;
}

test('the drift is known once the player has settled', () => {
  expect(observe({ deltaMs: -300 }, SETTLE_MS)).toBeUndefined();
  expect(observe({ deltaMs: -43 }, STEP_MS)).toBe(-43);
});

test('one wrong reading does not count, and what is a second old is forgotten', () => {
  observe({ deltaMs: 40 }, 2000);
  expect(observe({ deltaMs: 5000 }, STEP_MS)).toBe(40);
  expect(observe({ deltaMs: 900 }, 1000)).toBe(900);
});

test('a jump under way counts as nothing', () => {
  observe({ deltaMs: 40 }, 2000);
  expect(observe({ deltaMs: -90_000, isJumping: true }, 3000)).toBe(40);
});

test('a player in another state has to settle again', () => {
  observe({ deltaMs: 40 }, 2000);
  expect(observe({ player: 'paused', deltaMs: 0 }, STEP_MS)).toBeUndefined();
  expect(observe({ player: 'paused', deltaMs: 0 }, SETTLE_MS)).toBe(0);
});

test('nothing to compare is no drift', () => {
  observe({ deltaMs: 40 }, 2000);
  expect(observe({ deltaMs: null }, STEP_MS)).toBeUndefined();
});

test('in a hidden tab, whose timers are slow, one reading has to do', () => {
  observe({ deltaMs: 40 }, 2000, 1000);
  expect(meter.driftMs).toBe(40);
  expect(observe({ deltaMs: -2000 }, 1000, 1000)).toBe(-2000);
});
