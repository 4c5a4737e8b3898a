// The distance between two pages during a minute of people's actions.
import assert from 'node:assert/strict';
import { sleep } from '../eventually.mjs';
import { differenceSeconds } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';

const DURATION_MS = 60_000;
const SAMPLE_EVERY_MS = 100;
/** After each change the players may take this long to load, start or seek; the fake player takes 100 to 400 ms. */
const SETTLE_MS = 1500;
const LIMIT_S = 0.3;

/** The actions and their times, ms. */
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

    const summary = summarise(await sampleFor([ann, bob], [...PROGRAMME]));

    assert.ok(summary.samples > 200, `only ${summary.samples} samples`);
    assert.ok(summary.maxMs <= LIMIT_S * 1000, `not within ${LIMIT_S} s: ${JSON.stringify(summary)}`);
    return summary;
  },
};

/** The differences, except right after changes, s. */
async function sampleFor(guests, programme) {
  const differences = [];
  const startMs = performance.now();
  let settledAtMs = startMs;
  while (performance.now() - startMs < DURATION_MS) {
    if (programme.length > 0 && performance.now() - startMs >= programme[0][0]) {
      await programme.shift()[1](...guests);
      settledAtMs = performance.now() + SETTLE_MS;
    }
    const [a, b] = await Promise.all(guests.map(guest => guest.look()));
    if (performance.now() >= settledAtMs) {
      differences.push(apart(a, b));
    }
    await sleep(SAMPLE_EVERY_MS);
  }
  return differences;
}

/** If one plays while the other is paused they are out of step, however near they are. */
function apart(a, b) {
  return a.state === b.state ? differenceSeconds(a, b) : Math.max(1, Math.abs(a.seconds - b.seconds));
}

function summarise(differences) {
  const sorted = differences.map(Math.abs).toSorted((a, b) => a - b);
  const at = share =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 1000);
  return { samples: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}
