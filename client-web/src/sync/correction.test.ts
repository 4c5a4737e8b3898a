import { expect, test } from 'vitest';
import { type Correction, correctionFor, type Drift, nudgeIsOver } from './correction';

const drift: Drift = { behindS: 0, persistedMs: 0, canNudge: true, nudgesInRow: 0, maySeek: true };
const none: Correction = { kind: 'none' };
const seek: Correction = { kind: 'seek' };

test.each<[string, Partial<Drift>, Correction]>([
  ['in step', { behindS: 0 }, none],
  ['at the edge of the dead band, behind', { behindS: 0.12 }, none],
  ['at the edge of the dead band, ahead', { behindS: -0.12 }, none],
  ['a little behind', { behindS: 0.2 }, { kind: 'nudge', rate: 1.25 }],
  ['a little ahead', { behindS: -0.2 }, { kind: 'nudge', rate: 0.75 }],
  ['behind by all that a nudge may fix', { behindS: 0.8 }, { kind: 'nudge', rate: 1.25 }],
  ['behind by more', { behindS: 0.81 }, seek],
  ['ahead by more', { behindS: -0.81 }, seek],
  ['far behind just after a jump', { behindS: 5, maySeek: false }, { kind: 'nudge', rate: 1.25 }],
  ['far ahead just after a jump', { behindS: -0.83, maySeek: false }, { kind: 'nudge', rate: 0.75 }],
  ['far behind just after a jump, no rates', { behindS: 5, maySeek: false, canNudge: false }, none],
  ['far behind just after a jump, nudged in vain', { behindS: 5, maySeek: false, nudgesInRow: 3 }, none],
  ['nudged in vain', { behindS: 0.5, nudgesInRow: 3, persistedMs: 1000 }, seek],
  ['no rates, not for long', { behindS: 0.5, canNudge: false, persistedMs: 999 }, none],
  ['no rates, for long', { behindS: 0.5, canNudge: false, persistedMs: 1000 }, seek],
  ['no rates, for long, ahead', { behindS: -0.5, canNudge: false, persistedMs: 1000 }, seek],
  [
    'no rates, for long, just after a jump',
    { behindS: 0.5, canNudge: false, persistedMs: 9000, maySeek: false },
    none,
  ],
  ['no rates, too little to jump for', { behindS: 0.15, canNudge: false, persistedMs: 9000 }, none],
])('%s', (_, change, expected) => {
  expect(correctionFor({ ...drift, ...change })).toEqual(expected);
});

test.each([
  [1.25, 0.5, false],
  [1.25, 0.05, false],
  [1.25, 0.03, true],
  [1.25, -0.4, true],
  [0.75, -0.5, false],
  [0.75, -0.03, true],
  [0.75, 0.4, true],
])('a nudge at %f with %f s to go: over is %s', (rate, behindS, expected) => {
  expect(nudgeIsOver(rate, behindS)).toBe(expected);
});
