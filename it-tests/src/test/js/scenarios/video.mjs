// Another video for everyone: the page asks first while one plays, and the change can be undone.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';

export const scenarios = {
  'a video that plays is replaced only when asked twice': async venue => {
    const [ann, bob] = await playingParty(venue);
    const dialog = bob.page.getByRole('dialog', { name: 'Replace the video for everyone?' });

    await bob.askToPutOn(OTHER_VIDEO);
    await dialog.getByText('the 2 people in this room').waitFor();
    await bob.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await bob.page.evaluate(() => document.activeElement.tagName), 'BUTTON');
    await bob.askToPutOn(OTHER_VIDEO);
    await dialog.getByRole('button', { name: 'Keep watching' }).click();
    assert.equal((await ann.look()).videoId, VIDEO);
    assert.equal(await bob.page.getByLabel('YouTube link or video ID').inputValue(), OTHER_VIDEO);

    await bob.page.getByLabel('YouTube link or video ID').press('Enter');
    await dialog.waitFor();
    await bob.page.keyboard.press('Tab');
    await bob.page.keyboard.press('Enter');
    await ann.awaitVideo(OTHER_VIDEO);

    await bob.askToPutOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    assert.equal(await dialog.isVisible(), false, 'the page asked about a paused video');
  },

  'undo brings the video back for all, at its old position and state': async venue => {
    const [ann, bob] = await playingParty(venue);
    await ann.seekTo(300);
    await bob.awaitNear(300, 15);

    await bob.putOn(OTHER_VIDEO);
    await ann.awaitVideo(OTHER_VIDEO);
    await ann.awaitText('Bob replaced the video for everyone.');
    await bob.awaitText('You replaced the video for everyone.');
    await ann.page.getByRole('button', { name: 'Undo' }).click();

    for (const guest of [ann, bob]) {
      await guest.awaitVideo(VIDEO);
      await guest.awaitNear(300, 60);
      await guest.page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'hidden' });
    }
    await awaitInStep([ann, bob], PLAYING, 0.3);
    await ann.awaitText('You put the last video back on');
    await bob.awaitText('Ann put the last video back on');
  },

  'undo is offered for 10 s': async venue => {
    const [ann, bob] = await venue.inviteAll('Ann', 'Bob');
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    assert.equal(await ann.page.getByRole('button', { name: 'Undo' }).count(), 0);
    await ann.putOn(OTHER_VIDEO);
    const undo = bob.page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    const shownAtMs = performance.now();
    await eventually('the offer has gone', async () => (await undo.count()) === 0);
    assert.ok(performance.now() - shownAtMs > 5000, 'the offer went too early');
  },
};

/** Two people who watch. */
async function playingParty(venue) {
  const guests = await venue.inviteAll('Ann', 'Bob');
  await guests[0].putOn(VIDEO);
  for (const guest of guests) {
    await guest.awaitLook('has the video ready', look => look.videoId === VIDEO && look.state >= 0);
  }
  await guests[0].play();
  await awaitInStep(guests, PLAYING, 0.3);
  return guests;
}
