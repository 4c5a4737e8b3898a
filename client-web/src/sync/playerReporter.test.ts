import { beforeEach, expect, test } from 'vitest';
import {
  DELTA_SHOWN_MS,
  MAX_REPORTED_DRIFT_MS,
  REPORT_DRIFT_GAP_MS,
  REPORT_DRIFT_PATIENCE_MS,
  REPORT_FINE_DRIFT_AFTER_MS,
  REPORT_GAP_MS,
  REPORT_SETTLE_MS,
} from '../constants';
import type { PlayerReport } from '../protocol/messages';
import type { PlayerCondition } from './playerCondition';
import { PlayerReporter } from './playerReporter';
import { TestingClock } from './testing/TestingClock';

let clock: TestingClock;
let condition: PlayerCondition;
let hidden: boolean;
let sent: PlayerReport[];
let reporter: PlayerReporter;

beforeEach(() => {
  clock = new TestingClock();
  condition = { player: 'playing', deltaMs: 40, isJumping: false };
  hidden = false;
  sent = [];
  reporter = new PlayerReporter({
    clock,
    condition: () => condition,
    isHidden: () => hidden,
    send: report => sent.push(report),
  });
  // The player has been playing for a while, and nobody was told.
  clock.advance(5000);
  reporter.joined();
});

function become(change: Partial<PlayerCondition>): void {
  condition = { ...condition, ...change };
}

/** Forgets the reports of the beginning, and waits until anything may be reported. */
function settle(): void {
  clock.advance(2000);
  sent.length = 0;
}

/** The times of all reports from now on. */
function timesTold(): number[] {
  const times: number[] = [];
  reporter.told.subscribe(() => times.push(clock.nowMs()));
  return times;
}

test('a page that has joined reports everything once', () => {
  clock.advance(REPORT_SETTLE_MS + 100);
  expect(sent).toEqual([{ player: 'playing', driftMs: 40, hidden: false }]);
  clock.advance(60_000);
  expect(sent).toHaveLength(1);
});

test('a page that is not in the room sends nothing, and still knows itself', () => {
  reporter.connectionLost();
  become({ player: 'blocked', deltaMs: null });
  clock.advance(10_000);
  expect(sent).toEqual([]);
  expect(reporter.told.get()).toEqual({ player: 'blocked', hidden: false });
});

test('a page that is back in the room reports anew, although nothing has changed', () => {
  settle();
  reporter.connectionLost();
  clock.advance(3000);
  reporter.joined();
  clock.advance(REPORT_SETTLE_MS + 100);
  expect(sent).toEqual([{ player: 'playing', driftMs: 40, hidden: false }]);
});

test('a stall is reported soon, without a drift', () => {
  settle();
  become({ player: 'buffering', deltaMs: null });
  clock.advance(REPORT_SETTLE_MS + 100);
  expect(sent).toEqual([{ player: 'buffering', hidden: false }]);
});

test('the short loading of a start or a jump is not reported', () => {
  settle();
  become({ player: 'buffering', deltaMs: null });
  clock.advance(REPORT_SETTLE_MS - 100);
  become({ player: 'playing', deltaMs: 40 });
  clock.advance(5000);
  expect(sent).toEqual([]);
});

test('a player that plays again is reported with its new drift', () => {
  become({ player: 'buffering', deltaMs: null });
  settle();
  become({ player: 'playing', deltaMs: -2500 });
  clock.advance(REPORT_DRIFT_PATIENCE_MS);
  expect(sent).toEqual([]);
  clock.advance(100);
  expect(sent).toEqual([{ player: 'playing', driftMs: -2500, hidden: false }]);
});

test('a player that is soon corrected after a change is reported in step only', () => {
  become({ player: 'paused', deltaMs: 0 });
  settle();
  become({ player: 'playing', deltaMs: -400 });
  clock.advance(REPORT_DRIFT_PATIENCE_MS - 600);
  become({ deltaMs: -20 });
  clock.advance(60_000);
  expect(sent).toEqual([{ player: 'playing', driftMs: -20, hidden: false }]);
});

test('a drift after a seek that is soon corrected is not reported', () => {
  settle();
  become({ player: 'buffering', deltaMs: null });
  clock.advance(REPORT_SETTLE_MS - 100);
  become({ player: 'playing', deltaMs: -400 });
  clock.advance(REPORT_DRIFT_PATIENCE_MS - 600);
  become({ deltaMs: 40 });
  clock.advance(60_000);
  expect(sent).toEqual([]);
});

test('the others soon learn that a player is out of step, and that it is in step again', () => {
  settle();
  become({ deltaMs: -600 });
  clock.advance(REPORT_DRIFT_PATIENCE_MS + DELTA_SHOWN_MS);
  expect(sent.map(({ driftMs }) => driftMs)).toEqual([-600]);
  become({ deltaMs: 20 });
  clock.advance(REPORT_GAP_MS);
  expect(sent.map(({ driftMs }) => driftMs)).toEqual([-600, 20]);
});

test('a drift that leaves the step for a moment again and again is not reported', () => {
  settle();
  for (let i = 0; i < 20; i++) {
    become({ deltaMs: i % 2 === 0 ? 260 : 240 });
    clock.advance(1000);
  }
  expect(sent.length).toBeLessThanOrEqual(2);
});

test('a drift that cannot be measured is not waited for in vain', () => {
  settle();
  become({ player: 'paused', deltaMs: -2500, isJumping: true });
  clock.advance(REPORT_DRIFT_PATIENCE_MS);
  expect(sent).toEqual([]);
  clock.advance(100);
  expect(sent).toEqual([{ player: 'paused', hidden: false }]);
  become({ isJumping: false });
  clock.advance(REPORT_GAP_MS);
  expect(sent[1]).toEqual({ player: 'paused', driftMs: -2500, hidden: false });
});

test('of changes in quick succession at most one a second is reported, and the last one wins', () => {
  settle();
  const times = timesTold();
  for (let i = 0; i < 20; i++) {
    become({ player: i % 2 === 0 ? 'buffering' : 'blocked', deltaMs: null });
    hidden = i % 3 === 0;
    clock.advance(300);
  }
  clock.advance(REPORT_GAP_MS);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.at(-1)).toEqual({ player: 'blocked', hidden: false });
  for (let i = 1; i < times.length; i++) {
    expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(REPORT_GAP_MS);
  }
});

test('a tab that is hidden for a moment is not reported, and one that stays hidden is', () => {
  settle();
  for (let i = 0; i < 10; i++) {
    hidden = !hidden;
    reporter.observe();
    clock.advance(200);
  }
  expect(sent).toEqual([]);
  hidden = true;
  clock.advance(REPORT_SETTLE_MS + 100);
  expect(sent).toEqual([{ player: 'playing', driftMs: 40, hidden: true }]);
});

test('a drift is reported when it has changed much, at most once in five seconds', () => {
  settle();
  clock.advance(REPORT_DRIFT_GAP_MS);
  const times = timesTold();
  become({ deltaMs: -200 });
  clock.advance(REPORT_GAP_MS);
  become({ deltaMs: 0 });
  clock.advance(2 * REPORT_DRIFT_GAP_MS);
  expect(sent.map(({ driftMs }) => driftMs)).toEqual([-200, 0]);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(REPORT_DRIFT_GAP_MS);
});

test('a small change of the drift is reported after ten seconds, and a tiny one never', () => {
  settle();
  become({ deltaMs: 80 });
  clock.advance(REPORT_FINE_DRIFT_AFTER_MS - 3000);
  expect(sent).toEqual([]);
  clock.advance(2000);
  expect(sent).toEqual([{ player: 'playing', driftMs: 80, hidden: false }]);
  become({ deltaMs: 100 });
  clock.advance(60_000);
  expect(sent).toHaveLength(1);
});

test('the drift is forgotten when there is nothing to compare any more', () => {
  settle();
  become({ deltaMs: null });
  clock.advance(REPORT_GAP_MS);
  expect(sent).toEqual([{ player: 'playing', hidden: false }]);
});

test('a drift of more than a day is a day', () => {
  settle();
  become({ deltaMs: -3 * MAX_REPORTED_DRIFT_MS });
  clock.advance(REPORT_DRIFT_GAP_MS);
  expect(sent[0]?.driftMs).toBe(-MAX_REPORTED_DRIFT_MS);
});

test('a report that was dropped is made again later', () => {
  settle();
  hidden = true;
  clock.advance(REPORT_SETTLE_MS + 100);
  reporter.dropped();
  clock.advance(REPORT_DRIFT_GAP_MS - 100);
  expect(sent).toHaveLength(1);
  clock.advance(200);
  expect(sent[1]).toEqual(sent[0]);
  clock.advance(60_000);
  expect(sent).toHaveLength(2);
});

test('a page whose timers stand still reports whenever something wakes it', () => {
  settle();
  const frozen = new TestingClock();
  let nowMs = 0;
  const asleep = new PlayerReporter({
    clock: { nowMs: () => nowMs, after: frozen.after.bind(frozen), every: frozen.every.bind(frozen) },
    condition: () => condition,
    isHidden: () => true,
    send: report => sent.push(report),
  });
  asleep.joined();
  for (; nowMs < 3000; nowMs += 1000) asleep.observe();
  expect(sent).toEqual([{ player: 'playing', driftMs: 40, hidden: true }]);
});

test('a page that is closed observes nothing', () => {
  settle();
  reporter.close();
  hidden = true;
  clock.advance(10_000);
  expect(sent).toEqual([]);
});
