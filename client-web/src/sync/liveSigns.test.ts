import { expect, test } from 'vitest';
import { LiveSigns } from './liveSigns';

/** When lengths that are told every 100 ms are taken for those of a live stream, s; undefined for never. */
function recognisedAfterS(durationAtS: (elapsedS: number) => number, forS = 60): number | undefined {
  const signs = new LiveSigns();
  for (let ms = 0; ms <= forS * 1000; ms += 100) {
    if (signs.observe(durationAtS(ms / 1000), ms)) return ms / 1000;
  }
  return undefined;
}

test.each<[string, (elapsedS: number) => number]>([
  ['at once', elapsedS => 7200 + elapsedS],
  ['by the second', elapsedS => 7200 + Math.floor(elapsedS)],
  ['by segments of 2 s', elapsedS => 7200 + 2 * Math.floor(elapsedS / 2)],
  ['by segments of 5 s', elapsedS => 7200 + 5 * Math.floor(elapsedS / 5)],
  ['from its beginning', elapsedS => elapsedS],
  ['for more than a day', elapsedS => 90_000 + elapsedS],
])('a length that grows %s is that of a live stream', (_, durationAtS) => {
  expect(recognisedAfterS(durationAtS)).toBeLessThan(31);
});

test.each<[string, (elapsedS: number) => number]>([
  ['stands', () => 600],
  ['is not known', () => 0],
  ['is told late', elapsedS => (elapsedS < 3 ? 0 : 600)],
  ['is corrected once', elapsedS => (elapsedS < 3 ? 599 : 600.4)],
  ['is that of an advertisement for a while', elapsedS => (elapsedS > 5 && elapsedS < 20 ? 15 : 600)],
  ['is that of several advertisements', elapsedS => [15, 30, 6, 600][Math.floor(elapsedS / 10)] ?? 600],
  ['is estimated anew while it loads', elapsedS => 600 + 20 * Math.min(5, Math.floor(elapsedS))],
  ['is refined in small steps', elapsedS => 599 + 0.2 * Math.min(5, Math.floor(elapsedS * 10))],
  ['shrinks', elapsedS => 7200 - elapsedS],
])('a length that %s is that of a film', (_, durationAtS) => {
  expect(recognisedAfterS(durationAtS)).toBeUndefined();
});
