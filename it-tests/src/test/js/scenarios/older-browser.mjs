// The page in a browser without the features that are newer than its oldest browsers, and after something has gone
// wrong.
import assert from 'node:assert/strict';
import { awaitInStep, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';

export const scenarios = {
  'the page works without the features that its oldest browsers lack': async venue => {
    const guests = [];
    for (const name of ['Ann', 'Bob']) {
      const guest = await venue.arrive(name);
      await guest.page.addInitScript(removeNewerApis);
      await guest.page.reload();
      assert.equal(await guest.page.evaluate(() => typeof URL.parse), 'undefined');
      guests.push(guest);
    }
    const [ann, bob] = guests;

    await ann.startParty();
    await bob.page.getByLabel('Your name').fill('Bob');
    await bob.page.getByLabel('link or room name').fill(ann.page.url());
    await bob.page.getByRole('button', { name: 'Join room' }).click();
    await ann.awaitPeople('Ann', 'Bob');
    await ann.putOn(`https://youtu.be/${VIDEO}`);
    await bob.awaitVideo(VIDEO);
    await bob.play();
    await awaitInStep([ann, bob], PLAYING, 0.3);
    await bob.putOn('https://example.com/nothing');
    await bob.page.getByRole('alert').getByText('another site').waitFor();
    assert.equal(await ann.page.getByText('Something went wrong').count(), 0);
  },

  'an uncaught exception is reported once, in words': async venue => {
    const ann = await venue.arrive('Ann');
    await ann.page.evaluate(() => {
      for (let i = 0; i < 100; i++) setTimeout(() => globalThis.dispatchEvent(new ErrorEvent('error', { error: new Error('x') })));
    });
    const message = ann.page.getByRole('alert').getByText('Something went wrong on this page.');
    await message.waitFor();
    assert.equal(await message.count(), 1);
    await ann.page.getByRole('button', { name: 'Dismiss' }).click();
    await message.waitFor({ state: 'hidden' });

    await ann.page.evaluate(() => {
      globalThis.dispatchEvent(
        new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason: 'x' }),
      );
    });
    await message.waitFor();
    await ann.page.getByRole('button', { name: 'Reload' }).click();
    await message.waitFor({ state: 'hidden' });
    await ann.startParty();
  },

  "an error of another site's script is not ours": async venue => {
    const ann = await venue.arrive('Ann');
    await ann.page.evaluate(() => {
      globalThis.dispatchEvent(new ErrorEvent('error', { error: null, message: 'Script error.' }));
    });
    await ann.startParty();
    assert.equal(await ann.page.getByText('Something went wrong').count(), 0);
  },
};

/** The features that are newer than Chrome 108, Firefox 110 or Safari 16.4, if a page can work without them. */
function removeNewerApis() {
  const gone = [
    [URL, 'parse', 'canParse'],
    [Promise, 'withResolvers', 'try'],
    [Object, 'groupBy'],
    [Map, 'groupBy'],
    [Array, 'fromAsync'],
    [Array.prototype, 'toSorted', 'toReversed', 'toSpliced', 'with'],
    [Uint8Array.prototype.__proto__, 'toSorted', 'toReversed', 'with'],
    [String.prototype, 'isWellFormed', 'toWellFormed'],
    [
      Set.prototype,
      'union',
      'intersection',
      'difference',
      'symmetricDifference',
      'isSubsetOf',
      'isSupersetOf',
      'isDisjointFrom',
    ],
    [AbortSignal, 'any'],
    [RegExp, 'escape'],
    [Math, 'f16round', 'sumPrecise'],
    [Element.prototype, 'moveBefore', 'getHTML', 'setHTMLUnsafe'],
    [HTMLElement.prototype, 'showPopover', 'hidePopover', 'togglePopover'],
    [Document.prototype, 'startViewTransition'],
    [Intl, 'Segmenter', 'DurationFormat'],
    [globalThis, 'Iterator', 'WebTransport', 'navigation', 'scheduler', 'URLPattern'],
    [Crypto.prototype, 'randomUUID'],
    [Navigator.prototype, 'clipboard', 'locks', 'wakeLock'],
  ];
  for (const [owner, ...names] of gone) {
    for (const name of names) {
      delete owner[name];
    }
  }
}
