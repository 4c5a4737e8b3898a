// How each person watches, as the others see it in the list of people.
import assert from 'node:assert/strict';
import { assertAccessible } from '../accessible.mjs';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const IN_STEP_S = 0.3;
const STALL_MS = 4000;

const WITHIN = /^In step, ±\d+ ms$/;
const HIDDEN = /^Tab hidden/;
const RECONNECTING = 'Reconnecting…';

export const scenarios = {
  'people see of each other that they are in step, playing and paused': async venue => {
    const [ann, bob] = await playingParty(venue);

    for (const guest of [ann, bob]) {
      await awaitShown(guest, 'Ann', WITHIN);
      await awaitShown(guest, 'Bob', WITHIN);
    }
    await ann.pause();

    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
    for (const guest of [ann, bob]) {
      await awaitShown(guest, 'Ann', 'In step');
      await awaitShown(guest, 'Bob', 'In step');
    }
  },

  'a player that stalls is seen loading, then in step again, and the list does not jump': async venue => {
    const [ann, bob] = await playingParty(venue);
    await awaitShown(ann, 'Bob', WITHIN);
    const height = await heightOfList(ann);

    await bob.atPlayer('stall', STALL_MS);

    await awaitShown(ann, 'Bob', 'Loading');
    await awaitShown(bob, 'Bob', 'Loading');
    assert.equal(await heightOfList(ann), height);
    await awaitShown(ann, 'Bob', WITHIN);
    assert.equal(await heightOfList(ann), height);
  },

  'a player that the browser blocks is seen to need a click, until it gets one': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { youtube: { autoplayBlocked: true } });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.play();

    await awaitShown(ann, 'Bob', 'Waiting for a click');
    await awaitShown(ann, 'Ann', WITHIN);
    await bob.setYouTube({ autoplayBlocked: false });
    await bob.page.getByRole('button', { name: 'Click to join the playback' }).click();

    await awaitShown(ann, 'Bob', WITHIN);
  },

  'those who cannot see the video are known to the others': async venue => {
    const ann = await venue.invite('Ann');
    await venue.invite('Bob', { youtube: { errors: { [VIDEO]: 150 } } });
    await venue.invite('Carol', { blocksYouTube: true });

    await ann.putOn(VIDEO);

    await awaitShown(ann, 'Bob', 'Cannot play this video');
    await awaitShown(ann, 'Carol', 'Cannot play this video');
  },

  'a hidden tab is seen as such, as long as it is hidden': async venue => {
    const [ann, bob] = await playingParty(venue);

    await setHidden(bob, true);
    await awaitShown(ann, 'Bob', HIDDEN);
    await setHidden(bob, false);

    await awaitShown(ann, 'Bob', WITHIN);
  },

  'a person who loses the network is seen reconnecting, then in step again': async venue => {
    const network = await venue.network();
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { url: network.url });
    await startWatching([ann, bob]);
    await awaitShown(bob, 'Ann', WITHIN);

    await network.down();
    await awaitShown(ann, 'Bob', RECONNECTING);
    await awaitShown(bob, 'Bob', RECONNECTING);
    await awaitShown(bob, 'Ann', '');
    await network.up();

    await awaitShown(ann, 'Bob', WITHIN);
    await awaitShown(bob, 'Ann', WITHIN);
  },

  'a player that lags behind is seen with its distance': async venue => {
    const [ann, bob] = await playingParty(venue);

    await bob.page.evaluate(lagForGood, 0.6);

    await awaitShown(ann, 'Bob', /^0\.[5-7] s behind$/);
    await awaitShown(bob, 'Bob', /^0\.[5-7] s behind$/);
    await awaitShown(ann, 'Ann', WITHIN);
  },

  "a person at the original's page has no state": async venue => {
    const [ann, bob] = await playingParty(venue);
    await venue.inviteOriginal('Oli');
    await ann.awaitPeople('Ann', 'Bob', 'Oli');

    await bob.atPlayer('stall', STALL_MS);

    await awaitShown(ann, 'Bob', 'Loading');
    assert.equal(await stateOf(ann, 'Oli'), '');
    await awaitShown(ann, 'Bob', WITHIN);
    assert.equal(await stateOf(ann, 'Oli'), '');
  },

  'a room without a video shows no states': async venue => {
    const [ann, bob] = await playingParty(venue);
    const carol = await venue.invite('Carol', { room: 'quiet' });
    await venue.invite('Dave', { room: 'quiet' });
    await carol.awaitPeople('Carol', 'Dave');

    await setHidden(bob, true);
    await awaitShown(ann, 'Bob', HIDDEN);
    assert.equal(await states(carol).count(), 0);
  },

  'axe finds nothing in states, and they are not announced': async venue => {
    const ann = await venue.invite('Ann');
    await venue.invite('Bob', { youtube: { errors: { [VIDEO]: 150 } } });
    const carol = await venue.invite('Carol');
    await ann.putOn(VIDEO);
    await setHidden(carol, true);
    await awaitShown(ann, 'Bob', 'Cannot play this video');
    await awaitShown(ann, 'Carol', HIDDEN);

    await assertAccessible(ann.page, 'a list with states');
    const live = states(ann).locator(
      'xpath=ancestor-or-self::*[@aria-live or @role="status" or @role="alert"]',
    );
    assert.equal(await live.count(), 0);
  },
};

async function playingParty(venue) {
  const guests = await venue.inviteAll('Ann', 'Bob');
  await startWatching(guests);
  return guests;
}

async function startWatching(guests) {
  await guests[0].putOn(VIDEO);
  for (const guest of guests) {
    await guest.awaitLook('has the video ready', look => look.videoId === VIDEO && look.state >= 0);
  }
  await guests[0].play();
  await awaitInStep(guests, PLAYING, IN_STEP_S);
}

function states(guest) {
  return guest.peopleList().getByTestId('person-state');
}

async function heightOfList(guest) {
  return (await guest.peopleList().boundingBox()).height;
}

/** The words of the list below a name; empty if there are none. */
async function stateOf(guest, name) {
  const line = guest
    .peopleList()
    .getByRole('listitem')
    .filter({ has: guest.page.getByText(name, { exact: true }) });
  return (await line.getByTestId('person-state').innerText()).trim();
}

async function awaitShown(guest, name, words) {
  await eventually(
    `${guest.name} sees of ${name}: ${words}`,
    () => stateOf(guest, name),
    seen => (words instanceof RegExp ? words.test(seen) : seen === words),
  );
}

/** Hides or shows the tab, as its page sees it. */
async function setHidden(guest, hidden) {
  await guest.page.evaluate(isHidden => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** In the page: the player falls behind and ignores all corrections. */
function lagForGood(seconds) {
  const [player] = globalThis.fakeYouTube.players;
  const honest = player.getCurrentTime.bind(player);
  Object.assign(player, { getCurrentTime: () => honest() - seconds, seekTo() {}, setPlaybackRate() {} });
}
