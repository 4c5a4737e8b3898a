// A party on two nodes behind a balancer. The test kills each node once, and restarts Redis without its data. Then somebody
// pauses at 580 s, which ends the scenario.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const SIGN_S = 100;
const END_S = 580;
const IN_STEP_S = 0.3;
const WHOLE_TEST_MS = 200_000;

export const scenarios = {
  'nobody loses name, list or place': async venue => {
    const [ann, bob] = await venue.inviteAll('Ann', 'Bob');
    const oli = await venue.inviteOriginal('Oli');
    await ann.putOn(`https://youtu.be/${VIDEO}`);
    await bob.awaitVideo(VIDEO);
    await bob.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    const faults = [ann, bob].map(watch);

    await ann.seekTo(SIGN_S);
    await eventually(
      'the last pause arrives at all',
      async () => Promise.all([ann, bob, oli].map(async guest => (await guest.look()).seconds)),
      seconds => seconds.every(position => Math.abs(position - END_S) < 2),
      WHOLE_TEST_MS,
    );

    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
    await ann.awaitPeople('Ann', 'Bob', 'Oli');
    await bob.awaitPeople('Ann', 'Bob', 'Oli');
    for (const fault of faults) {
      assert.deepEqual(await fault(), []);
    }
  },
};

/** Notes what no person should see during a loss: the join screen, or news that somebody left. */
function watch(guest) {
  const found = guest.page.evaluate(() => {
    const seen = new Set();
    const look = () => {
      const text = document.body.innerText;
      for (const sign of ['Ann left', 'Bob left', 'Oli left', 'Your name']) {
        if (text.includes(sign)) {
          seen.add(sign);
        }
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    globalThis.seenDuringLoss = seen;
  });
  return async () => {
    await found;
    return guest.page.evaluate(() => [...globalThis.seenDuringLoss]);
  };
}
