import { expect, test } from 'vitest';
import { LostTime } from './lostTime';

test('weighs later observations less than the first', () => {
  const lost = new LostTime(0.1);
  expect(lost.expectedS).toBeCloseTo(0.1);
  lost.observe(0.4);
  expect(lost.expectedS).toBeCloseTo(0.4);
  lost.observe(0.5);
  expect(lost.expectedS).toBeCloseTo(0.43);
});

test('believes no loss below 0 or above 2 s', () => {
  const lost = new LostTime(0.1);
  lost.observe(30);
  expect(lost.expectedS).toBe(2);
  const gain = new LostTime(0.1);
  gain.observe(-1);
  expect(gain.expectedS).toBe(0);
});
