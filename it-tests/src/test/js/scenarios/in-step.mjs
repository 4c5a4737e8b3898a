// How far two pages are from each other over a minute of what people do.
import assert from 'node:assert/strict';
import { sleep } from '../eventually.mjs';
import { differenceSeconds, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';

const DURATION_MS = 60_000;
const SAMPLE_EVERY_MS = 100;
/**
 * After each change the players may take this long: to load and start, which the fake player does in 100 to 400 ms, to be
 * judged, and to be nudged into step by a quarter of a second a second.
 */
const SETTLE_MS = 3000;
/** How soon after a change the differences are reported, though not judged. */
const REPORT_AFTER_MS = 1500;
const LIMIT_S = 0.3;

/** What is done, and when, ms. */
const PROGRAMME = [
  [0, ann => ann.play()],
  [9_000, (_, bob) => bob.pause()],
  [12_000, ann => ann.play()],
  [20_000, ann => ann.seekTo(300)],
  [28_000, (_, bob) => bob.seekTo(100)],
  [35_000, (_, bob) => bob.putOn(OTHER_VIDEO)],
  [38_000, ann => ann.play()],
  [46_000, (_, bob) => bob.atPlayer('userPause')],
  [49_000, (_, bob) => bob.atPlayer('userPlay')],
  [54_000, ann => ann.seekTo(200)],
];

export const scenarios = {
  'two pages stay within 0.3 s of each other for a minute': async venue => {
    const [ann, bob] = await venue.inviteAll('Ann', 'Bob');
    await ann.putOn(VIDEO);
    for (const guest of [ann, bob]) {
      await guest.awaitLook('has the video ready', look => look.videoId === VIDEO && look.state >= 0);
    }

    const samples = await sampleFor([ann, bob], [...PROGRAMME]);

    const settled = summarise(samples.filter(({ sinceChangeMs }) => sinceChangeMs >= SETTLE_MS));
    const early = summarise(samples.filter(({ sinceChangeMs }) => sinceChangeMs >= REPORT_AFTER_MS));
    assert.ok(settled.samples > 100, `only ${settled.samples} samples`);
    assert.ok(settled.maxMs <= LIMIT_S * 1000, `not within ${LIMIT_S} s: ${JSON.stringify(settled)}`);
    return { [`from ${SETTLE_MS} ms after a change`]: settled, [`from ${REPORT_AFTER_MS} ms`]: early };
  },
};

/** The differences over the programme, s, each with how long ago the last change was. */
async function sampleFor(guests, programme) {
  const samples = [];
  const startMs = performance.now();
  let changedAtMs = startMs;
  while (performance.now() - startMs < DURATION_MS) {
    if (programme.length > 0 && performance.now() - startMs >= programme[0][0]) {
      await programme.shift()[1](...guests);
      changedAtMs = performance.now();
    }
    const [a, b] = await Promise.all(guests.map(guest => guest.look()));
    const difference =
      a.state === PLAYING || b.state === PLAYING ? playingDifference(a, b) : differenceSeconds(a, b);
    samples.push({ difference, sinceChangeMs: performance.now() - changedAtMs });
    await sleep(SAMPLE_EVERY_MS);
  }
  return samples;
}

/** One that plays while the other stands is out of step by what it has played since, and counts as such. */
function playingDifference(a, b) {
  return a.state === b.state ? differenceSeconds(a, b) : Math.max(1, Math.abs(a.seconds - b.seconds));
}

function summarise(samples) {
  const sorted = samples.map(({ difference }) => Math.abs(difference)).toSorted((a, b) => a - b);
  const at = share =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 1000);
  return { samples: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}
