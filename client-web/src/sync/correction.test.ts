import { expect, test } from 'vitest';
import { type Correction, correctionFor, type Drift } from './correction';

const drift: Drift = { behindS: 0, persistedMs: 0, canNudge: true, nudgesInRow: 0, maySeek: true };
const none: Correction = { kind: 'none' };
const seek: Correction = { kind: 'seek' };

test.each<[string, Partial<Drift>, Correction]>([
  ['in step', { behindS: 0 }, none],
  ['at the edge of the dead band, behind', { behindS: 0.12 }, none],
  ['at the edge of the dead band, ahead', { behindS: -0.12 }, none],
  ['a little behind', { behindS: 0.2 }, { kind: 'nudge', rate: 1.25, durationMs: 800 }],
  ['a little ahead', { behindS: -0.2 }, { kind: 'nudge', rate: 0.75, durationMs: 800 }],
  ['behind by all that a nudge may mend', { behindS: 0.8 }, { kind: 'nudge', rate: 1.25, durationMs: 3200 }],
  ['behind by more', { behindS: 0.81 }, seek],
  ['ahead by more', { behindS: -0.81 }, seek],
  ['far behind just after a jump', { behindS: 5, maySeek: false }, none],
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
