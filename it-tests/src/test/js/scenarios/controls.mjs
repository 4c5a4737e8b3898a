// Every control of the page, with a real mouse and a real keyboard. `fill` is neither: it hides the effect of a drag.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const IN_STEP_S = 0.3;

/** The number of clicks and drags; raise it by hand, in each browser. */
const ROUNDS = Number(process.env.CONTROLS_ROUNDS ?? 8);
/** How near to the pointer a click must land, s of 600: handles differ in width, and a pixel is a second. */
const POINTER_S = 12;
/** The bar is drawn at whole quarters of a second. */
const BAR_STEP_S = 0.25;
/** The bar moves four times a second. */
const BAR_BEHIND_S = 0.8;

const PLACES = [300, 80, 520, 210, 40, 440, 130, 360];

export const scenarios = {
  'the bar follows the player after clicks and drags': async venue => {
    const ann = await watching(venue);
    for (let round = 0; round < ROUNDS; round++) {
      const place = PLACES[round % PLACES.length] + ((round * 7.3) % 20);
      if (round % 2 === 0) {
        await ann.bar.click(place);
      } else {
        await ann.bar.drag(PLACES[(round + 3) % PLACES.length], place);
      }
      await awaitBarToFollow(ann, place, `round ${round + 1}`);
    }
  },

  'the bar follows the player after taps with a finger': async venue => {
    const ann = await venue.open('Ann', { touch: true });
    await ann.join();
    await startWatching(ann);
    for (const place of PLACES.slice(0, 3)) {
      await ann.bar.tap(place);
      await awaitBarToFollow(ann, place, `tap at ${place} s`);
    }
  },

  'the bar follows a new video after a drag': async venue => {
    const ann = await watching(venue);
    await ann.bar.drag(100, 400);
    await awaitBarToFollow(ann, 400);

    await ann.putOn('M7lc1UVf-VE');
    await ann.awaitVideo('M7lc1UVf-VE');
    await awaitBar(ann, 'stands at the beginning', look => look.value < 1);
    await ann.play();

    await awaitBarToFollow(ann, 0);
  },

  'a drag shows where it goes and seeks once, at its end': async venue => {
    const [ann, bob] = await watchingTogether(venue);
    await ann.bar.hold(100, 450);

    const held = await ann.bar.look();
    assert.ok(Math.abs(held.value - 450) < POINTER_S, `held at ${JSON.stringify(held)}`);
    assert.ok(Math.abs(held.filled - held.value) < 1, `coloured to ${JSON.stringify(held)}`);
    assert.ok(Math.abs(held.words - held.value) <= 1, `in words ${JSON.stringify(held)}`);
    await awaitOnward(bob);
    assert.ok((await ann.bar.look()).value === held.value, 'the handle left the hand');
    assert.ok((await bob.look()).seconds < 100, 'Bob was moved before the drag ended');

    await ann.bar.letGo();
    await bob.awaitNear(450, 20);
    await awaitBarToFollow(ann, 450);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'a drag that another video ends moves nobody': async venue => {
    const [ann, bob] = await watchingTogether(venue);
    await ann.bar.hold(100, 450);
    await bob.putOn('M7lc1UVf-VE');
    await ann.awaitVideo('M7lc1UVf-VE');
    await bob.play();
    await ann.awaitState(PLAYING);

    await ann.bar.moveTo(500);
    await awaitBar(ann, 'is back at the beginning', look => look.value < 60);
    await ann.bar.letGo();

    await awaitBarToFollow(ann, 0);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    assert.ok((await bob.look()).seconds < 60, 'Bob was moved');
  },

  'a drag that a lost connection ends moves nobody': async venue => {
    const network = await venue.network();
    const ann = await watching(venue, { url: network.url });
    await ann.bar.hold(100, 450);
    await network.down();
    await awaitBar(ann, 'is off', look => look.disabled);
    await network.up();
    await awaitBar(ann, 'is on again', look => !look.disabled);
    await ann.bar.letGo();
    await awaitBarToFollow(ann, 0);
  },

  'Escape cancels a drag': async venue => {
    const ann = await watching(venue);
    await ann.bar.hold(100, 450);
    await ann.page.keyboard.press('Escape');
    await awaitBar(ann, 'is back where the player is', look => look.value < 60);
    await ann.bar.letGo();
    await awaitBarToFollow(ann, 0);
  },

  'the bar obeys the keys of a slider': async venue => {
    const [ann, bob] = await watchingTogether(venue);
    await ann.bar.click(300);
    await bob.awaitNear(300, 30);
    await ann.pause();
    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
    await ann.bar.locator.focus();
    for (const [key, step] of [
      ['ArrowRight', 5],
      ['ArrowUp', 5],
      ['ArrowLeft', -5],
      ['ArrowDown', -5],
      ['PageUp', 60],
      ['PageDown', -60],
    ]) {
      const before = (await ann.look()).seconds; // Bob may be paused a little beside her until she moves
      await ann.page.keyboard.press(key);
      await bob.awaitLook(`is ${step} s further by ${key}`, look => isNear(look.seconds, before + step));
      await awaitBar(ann, 'shows it', look => isNear(look.value, look.player, BAR_STEP_S));
    }
    await ann.page.keyboard.press('Home');
    await bob.awaitLook('is at the start', look => isNear(look.seconds, 0));
    await ann.page.keyboard.press('End');
    await bob.awaitLook('is at the end', look => isNear(look.seconds, 600));
    await awaitBar(ann, 'is at the end', look => isNear(look.value, 600));
  },

  'every button works with the mouse': async venue => {
    const [ann, bob] = await watchingTogether(venue);
    await everyButton(ann, bob, name => button(ann, name).click());
  },

  'every button works with the keyboard': async venue => {
    const [ann, bob] = await watchingTogether(venue);
    let presses = 0;
    await everyButton(ann, bob, async name => {
      await button(ann, name).focus();
      await ann.page.keyboard.press(presses++ % 2 === 0 ? 'Enter' : 'Space');
    });
  },

  'the volume follows the mouse and the keys': async venue => {
    const ann = await watching(venue);
    const volume = ann.page.getByLabel('Volume');
    const box = await volume.boundingBox();
    const at = share => [box.x + 8 + share * (box.width - 16), box.y + box.height / 2];
    await ann.page.mouse.click(...at(0.5));
    await awaitSound(ann, { volume: 50, muted: false });

    await ann.page.mouse.move(...at(0.5));
    await ann.page.mouse.down();
    await ann.page.mouse.move(...at(0.25), { steps: 5 });
    await awaitSound(ann, { volume: 25, muted: false });
    await ann.page.mouse.move(...at(0), { steps: 5 });
    await awaitSound(ann, { volume: 0, muted: true });
    await ann.page.mouse.up();

    await volume.focus();
    await ann.page.keyboard.press('ArrowRight');
    await awaitSound(ann, { volume: 5, muted: false });
    await ann.page.keyboard.press('End');
    await awaitSound(ann, { volume: 100, muted: false });
    await ann.page.keyboard.press('Home');
    await awaitSound(ann, { volume: 0, muted: true });
    const { seconds } = await ann.look();
    assert.ok(seconds < 60, `the keys of the volume moved the video to ${seconds} s`);
  },

  'the forms take a name and a link from the keyboard alone': async venue => {
    const ann = await venue.open('Ann');
    await ann.page.getByLabel('Your name').focus();
    await ann.page.keyboard.type('Ann');
    await ann.page.keyboard.press('Enter');
    await ann.awaitPeople('Ann');
    await ann.page.getByLabel('YouTube link or video ID').focus();
    await ann.page.keyboard.type(`https://youtu.be/${VIDEO}`);
    await ann.page.keyboard.press('Enter');
    await ann.awaitVideo(VIDEO);
  },
};

async function everyButton(ann, bob, press) {
  await press('Pause');
  await bob.awaitState(PAUSED);
  await ann.awaitState(PAUSED);
  await press('Play');
  await bob.awaitState(PLAYING);

  await ann.bar.click(300);
  await bob.awaitNear(300, 20);
  await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  await press('Pause');
  await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
  const { seconds } = await bob.look();
  await press('Forward 5 seconds');
  await bob.awaitLook('is 5 s further', look => isNear(look.seconds, seconds + 5));
  await press('Back 5 seconds');
  await bob.awaitLook('is back', look => isNear(look.seconds, seconds));

  await press('Mute');
  await awaitSound(ann, { volume: 0, muted: true });
  await press('Mute');
  await awaitSound(ann, { volume: 100, muted: false });

  await press('Full screen');
  await awaitFullscreen(ann, true);
  await press('Leave full screen');
  await awaitFullscreen(ann, false);

  await press('Settings');
  await ann.page.getByText('Dark').click();
  await awaitTheme(ann, 'dark');
  await ann.page.getByText('Light').click();
  await awaitTheme(ann, 'light');
  await press('Close');

  await press('Invite');
  await press('Copy link');
  await eventually(
    'the link is copied or shown',
    async () => ann.dialogs.length > 0 || (await ann.page.getByText('Copied').isVisible()),
  );
  await press('Close');
}

function button(guest, name) {
  return guest.page.getByRole('button', { name, exact: true });
}

async function watching(venue, options) {
  const ann = await venue.invite('Ann', options);
  await startWatching(ann);
  return ann;
}

async function watchingTogether(venue) {
  const [ann, bob] = await venue.inviteAll('Ann', 'Bob');
  await startWatching(ann);
  await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  // Firefox passes keys and the full screen only to the window in front.
  await ann.page.bringToFront();
  return [ann, bob];
}

async function startWatching(guest) {
  await guest.putOn(VIDEO);
  await guest.awaitLook('has the video ready', look => look.videoId === VIDEO && look.state >= 0);
  await guest.play();
  await guest.awaitState(PLAYING);
}

/** The bar and the player are at the pointer's position, and both continue from there. */
async function awaitBarToFollow(guest, seconds, what = 'afterwards') {
  await guest.awaitLook(
    `${what}: plays from about ${seconds} s`,
    look =>
      look.state === PLAYING && look.seconds > seconds - POINTER_S && look.seconds < seconds + POINTER_S + 20,
  );
  await awaitOnward(guest);
  await eventually(
    `${what}: the bar is where the player is`,
    () => guest.bar.look(),
    look =>
      [look.value, look.filled, look.words + 0.5].every(shown => isNear(shown, look.player, BAR_BEHIND_S)),
    5000,
  );
}

/** The player has played on for more than a second. */
async function awaitOnward(guest) {
  const { seconds } = await guest.look();
  await guest.awaitLook('plays on', look => look.seconds > seconds + 1.2);
}

function awaitBar(guest, what, isSatisfied) {
  return eventually(`${guest.name}: the bar ${what}`, () => guest.bar.look(), isSatisfied);
}

function awaitSound(guest, wanted) {
  return eventually(
    `${guest.name} hears ${JSON.stringify(wanted)}`,
    () =>
      guest.page.evaluate(() => {
        const [player] = globalThis.fakeYouTube.players;
        return { volume: player.getVolume(), muted: player.isMuted() };
      }),
    heard => heard.muted === wanted.muted && (wanted.muted || Math.abs(heard.volume - wanted.volume) <= 5),
  );
}

function awaitFullscreen(guest, isOn) {
  return eventually(
    `full screen is ${isOn ? 'on' : 'off'}`,
    () => guest.page.evaluate(() => document.fullscreenElement !== null),
    seen => seen === isOn,
  );
}

function awaitTheme(guest, theme) {
  return eventually(
    `the page is ${theme}`,
    () => guest.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme),
    seen => seen === theme || (seen === 'light dark' && theme === 'light'),
  );
}

function isNear(a, b, tolerance = 0.2) {
  return Math.abs(a - b) <= tolerance;
}
