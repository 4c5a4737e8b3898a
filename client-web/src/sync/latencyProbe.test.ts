import { beforeEach, expect, test } from 'vitest';
import { LatencyEstimator } from './latencyEstimator';
import { LatencyProbe } from './latencyProbe';
import { TestingClock } from './testing/TestingClock';

let clock: TestingClock;
let pingsAtMs: number[];
let rttMs: number;
let estimator: LatencyEstimator;
let probe: LatencyProbe;

beforeEach(() => {
  clock = new TestingClock();
  pingsAtMs = [];
  rttMs = 40;
  estimator = new LatencyEstimator();
  const startMs = clock.nowMs();
  probe = new LatencyProbe(clock, estimator, () => {
    pingsAtMs.push(clock.nowMs() - startMs);
    if (Number.isFinite(rttMs)) clock.after(rttMs, () => probe.pong());
  });
});

test('measures in a burst, then more and more seldom', () => {
  probe.start();
  clock.advance(65_000);
  expect(pingsAtMs).toEqual([0, 240, 480, 720, 960, 11_000, 21_040, 31_080, 61_120]);
  expect(estimator.latencyMs(clock.nowMs())).toBe(20);
});

test('knows the latency at once by the round trip of the handshake', () => {
  const askedAtMs = clock.nowMs();
  clock.advance(500);
  probe.start(askedAtMs);
  expect(estimator.latencyMs(clock.nowMs())).toBe(250);
});

test('never has two pings on their way', () => {
  rttMs = 30_000;
  probe.start();
  clock.advance(29_000);
  expect(pingsAtMs).toHaveLength(1);
});

test('tries again when a pong is lost', () => {
  rttMs = Number.POSITIVE_INFINITY;
  probe.start();
  clock.advance(46_000);
  expect(pingsAtMs).toEqual([0, 45_000]);
});

test('takes no pong that it did not ask for', () => {
  probe.pong();
  expect(estimator.latencyMs(clock.nowMs())).toBe(0);
});

test('stops when the connection is gone', () => {
  probe.start();
  clock.advance(100);
  probe.stop();
  clock.advance(100_000);
  expect(pingsAtMs).toEqual([0]);
});
