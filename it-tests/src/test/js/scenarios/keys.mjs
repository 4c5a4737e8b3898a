// The player's keys: where they act, and which keys they are.
import assert from 'node:assert/strict';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const IN_STEP_S = 0.3;

export const scenarios = {
  'the keys play, pause and seek for all from the page itself': async venue => {
    const [ann, bob] = await pausedTogether(venue);
    await ann.page.keyboard.press('Space');
    await bob.awaitState(PLAYING);
    await ann.page.keyboard.press('k');
    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
    const { seconds } = await bob.look();
    await ann.page.keyboard.down('ArrowRight');
    await ann.page.keyboard.down('ArrowRight');
    await ann.page.keyboard.down('ArrowRight');
    await ann.page.keyboard.up('ArrowRight');
    await bob.awaitNear(seconds + 15, 1);
    await ann.page.keyboard.press('ArrowLeft');
    await bob.awaitNear(seconds + 10, 1);
    await ann.bar.locator.focus();
    await ann.page.keyboard.press('Space');
    await bob.awaitState(PLAYING);
  },

  'the keys work by their position on a Cyrillic layout': async venue => {
    const [ann, bob] = await pausedTogether(venue);
    await press(ann, { key: 'л', code: 'KeyK' });
    await bob.awaitState(PLAYING);
    await press(ann, { key: 'л', code: 'KeyK', repeat: true });
    await press(ann, { key: 'л', code: 'KeyK', ctrlKey: true });
    await press(ann, { key: 'л', code: 'KeyK', isComposing: true });
    await press(ann, { key: 'ь', code: 'KeyM' });
    await ann.page.getByRole('button', { name: 'Mute', pressed: true }).waitFor();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.awaitLastAction('You pressed play');
  },

  'the keys do not affect the room where they have another use': async venue => {
    const [ann, bob] = await pausedTogether(venue);
    const before = (await bob.look()).seconds;
    await ann.page.evaluate(() => {
      const places = [
        ...document.querySelectorAll('button:not(:disabled), a, summary, [aria-label="Volume"]'),
        Object.assign(document.createElement('ul'), { tabIndex: 0 }),
        Object.assign(document.createElement('div'), { role: 'dialog', tabIndex: -1 }),
        Object.assign(document.createElement('select'), {}),
      ];
      for (const place of places) {
        if (!place.isConnected) {
          document.querySelector('aside').append(place);
        }
        place.focus();
        if (document.activeElement !== place) {
          throw new Error(`no focus on ${place.outerHTML}`);
        }
        for (const code of ['ArrowRight', 'ArrowLeft', 'KeyK', 'Space']) {
          const key = code.replace('KeyK', 'k').replace('Space', ' ');
          place.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
        }
        if (place.role === 'dialog') {
          place.remove();
        }
      }
    });
    await ann.page.getByRole('button', { name: 'Mute' }).focus();
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowRight', 'k']) {
      await ann.page.keyboard.press(key);
    }
    await ann.page.getByLabel('YouTube link or video ID').focus();
    await ann.page.keyboard.type('k km f');
    await ann.page.keyboard.press('ArrowLeft');
    assert.equal(await ann.page.getByLabel('YouTube link or video ID').inputValue(), 'k km f');

    // If any of them had been sent, it would have arrived before this.
    await bob.page.getByRole('button', { name: 'Forward 5 seconds' }).click();
    await ann.awaitLook('is 5 s further', look => Math.abs(look.seconds - before - 5) < 0.2);
    await ann.awaitLastAction('Bob');
    assert.equal((await bob.look()).state, PAUSED);
  },
};

/** Sends a key as a keyboard of another layout would; no driver of browsers can type it. */
async function press(guest, key) {
  await guest.page.evaluate(
    init =>
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }),
      ),
    key,
  );
}

/** Two people with a paused video that has been played; the focus is where joining has left it. */
async function pausedTogether(venue) {
  const [ann, bob] = await venue.inviteAll('Ann', 'Bob');
  await bob.putOn(VIDEO);
  await ann.awaitLook('has the video ready', look => look.videoId === VIDEO && look.state >= 0);
  await bob.play();
  await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  await bob.pause();
  await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
  return [ann, bob];
}
