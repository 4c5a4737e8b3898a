import { expect, test } from 'vitest';
import { LatencyEstimator } from './latencyEstimator';

function estimate(roundTripsMs: readonly number[]): number {
  const estimator = new LatencyEstimator();
  for (const [i, rttMs] of roundTripsMs.entries()) estimator.record(rttMs, i * 1000);
  return estimator.latencyMs(roundTripsMs.length * 1000);
}

test('is 0 before the first round trip', () => {
  expect(estimate([])).toBe(0);
});

test('is half the shortest round trip, not half the mean', () => {
  expect(estimate([200, 40, 90, 300])).toBe(20);
});

test('leaves out what is no time', () => {
  expect(estimate([Number.NaN, -5, 60])).toBe(30);
});

test('forgets a round trip after sixteen newer ones', () => {
  expect(estimate([10, ...Array(15).fill(50)])).toBe(5);
  expect(estimate([10, ...Array(16).fill(50)])).toBe(25);
});

test('forgets round trips of more than five minutes ago', () => {
  const estimator = new LatencyEstimator();
  estimator.record(10, 0);
  estimator.record(80, 301_000);
  expect(estimator.latencyMs(301_000)).toBe(40);
});
