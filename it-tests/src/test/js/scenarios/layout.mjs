// The layout of the page on the screens that people have.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';

/** Width, height, and the smallest share of them that the picture must take. */
const SCREENS = [
  [2560, 1440, 0.6],
  [1920, 1080, 0.55],
  [1366, 768, 0.5],
  [1280, 800, 0.45],
  [1024, 768, 0.7],
  [768, 1024, 0.4],
  [390, 844, 0.25],
  [844, 390, 0.8],
  [667, 375, 0.8],
  [320, 568, 0.3],
];
/** YouTube's least size of a picture, px. */
const LEAST_PICTURE = 200;
const NARROW = [320, 390, 768];

/** Fifty of each: the widest letters, and scripts and signs without spaces. */
const LONG_NAMES = ['W'.repeat(50), '漢'.repeat(50), 'ش'.repeat(50), '🎬'.repeat(50)];
const LONG_ROOM = 'W'.repeat(64);
const LONG_TITLE = 'Donaudampfschifffahrtsgesellschaft'.repeat(3).slice(0, 100);

/** The notch of a phone on its side, and the bar at its bottom. */
const CUT_OUT = { top: 0, right: 47, bottom: 21, left: 47 };

export const scenarios = {
  'the picture is the largest thing on every screen': async venue => {
    const ann = await roomWithVideo(venue);
    for (const [width, height, leastShare] of SCREENS) {
      await ann.page.setViewportSize({ width, height });

      const { picture, others } = await awaitStill(ann.page);

      const screen = `${width} × ${height}`;
      assert.ok(share(picture, width, height) >= leastShare, `${screen}: ${JSON.stringify(picture)}`);
      assert.ok(picture.width >= LEAST_PICTURE && picture.height >= LEAST_PICTURE, screen);
      const larger = others.filter(other => area(other) >= area(picture));
      assert.deepEqual(larger, [], `larger than the picture at ${screen}`);
      await assertNothingIsCut(ann.page, screen);
      await assertControlsAreFree(ann.page, screen);
    }
  },

  'theatre mode fills the window, and is remembered': async venue => {
    const ann = await roomWithVideo(venue);
    const { page } = ann;
    const theatre = page.getByRole('button', { name: 'Theatre mode' });

    await page.keyboard.press('t');
    await assertFillsTheWindow(page);
    await page.keyboard.press('Escape');
    await assertIsAPage(page);
    await theatre.click();
    await assertFillsTheWindow(page);

    await ann.reload();
    await assertFillsTheWindow(page);
    assert.equal(await theatre.getAttribute('aria-pressed'), 'true');
    await theatre.press('Enter');
    await assertIsAPage(page);
    await ann.reload();
    await assertIsAPage(page);
  },

  'full screen is the browser’s, and Esc leaves it': async venue => {
    const { page } = await roomWithVideo(venue);

    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
    assert.ok(await page.evaluate(() => document.fullscreenElement !== null));
    await assertFillsTheWindow(page);
    await page.getByRole('button', { name: 'Theatre mode' }).click();
    await eventually('left full screen', () => page.evaluate(() => document.fullscreenElement === null));
    await assertFillsTheWindow(page);
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Full screen', exact: true }).waitFor();
  },

  'a browser without full screen fills the window instead': async venue => {
    const missing = [
      () => Object.defineProperty(document, 'fullscreenEnabled', { value: false }),
      () => Object.defineProperty(document, 'fullscreenEnabled', { value: undefined }),
      () => delete Element.prototype.requestFullscreen,
      () => {
        Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not allowed'));
      },
    ];
    for (const [i, remove] of missing.entries()) {
      const { page } = await roomWithVideo(venue, {
        room: `without-${i}`,
        browser: { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true },
        prepare: opened => opened.addInitScript(remove),
      });

      await page.keyboard.press('f');
      await assertFillsTheWindow(page, 0.85);
      await page.keyboard.press('Escape');
      await assertIsAPage(page);
      await page.getByRole('button', { name: 'Full screen', exact: true }).tap();
      await assertFillsTheWindow(page, 0.85);
    }
  },

  'nothing is cut off before one has joined': async venue => {
    const first = await venue.invite(LONG_NAMES[0], { room: LONG_ROOM });
    const second = await venue.invite(LONG_NAMES[1], { room: LONG_ROOM });
    const ann = await venue.open('Ann', { room: LONG_ROOM });
    await ann.awaitText('are here');
    await eachWidth(ann.page, 'the invitation');
    await ann.page.getByLabel('Your name').fill('');
    await ann.page.getByLabel('Your name').press('Enter');
    await ann.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    await eachWidth(ann.page, 'the invitation without a name');
    await eachWidth(first.page, 'the room without a video');
    await second.putOn('no link');
    await eachWidth(second.page, 'the room with a wrong link');

    await ann.page.goto(`${venue.url}/?room=${'no%20room%20'.repeat(9)}`);
    await eachWidth(ann.page, 'no such room');
    await ann.page.goto(`${venue.url}/?room=${'abcdefghijklmnopqrstuvwx'}`);
    await eachWidth(ann.page, 'a room of 24 letters');
    await ann.page.goto(venue.url);
    await ann.page.getByLabel('link or room name').fill(`${'кино'.repeat(20)} `);
    await ann.page.getByText('Give the room a name or a title').click();
    await ann.page.getByLabel('Room name', { exact: true }).fill('W'.repeat(60));
    await ann.awaitText('The room will be called');
    await eachWidth(ann.page, 'the start');
    const host = await venue.open('Zoe', { room: 'any' });
    await host.page.goto(venue.url);
    await host.startParty();
    await eachWidth(host.page, 'the room of a host');
    await host.inDialog('Invite', () => eachWidth(host.page, 'the invitation of others'));
    await host.inDialog('Settings', () => eachWidth(host.page, 'the settings'));
    await first.page.goto(venue.url);
    await first.awaitText('Recent rooms');
    await eachWidth(first.page, 'the start with a long recent room');
  },

  'nothing is cut off in a room': async venue => {
    const guests = [];
    for (const name of LONG_NAMES) {
      guests.push(await venue.invite(name, { room: LONG_ROOM, youtube: { title: LONG_TITLE } }));
    }
    const [ann, bob, carol] = guests;
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await bob.awaitText(LONG_TITLE);
    await eachWidth(bob.page, 'the room with a video');

    await bob.putOn(`https://example.com/${'x'.repeat(200)}`);
    await eachWidth(bob.page, 'the room with a wrong link');
    await bob.page.evaluate(() => globalThis.fakeYouTube.players[0].fail(101));
    await bob.awaitText('This video plays on YouTube only.');
    await eachWidth(bob.page, 'a video that cannot be shown');
    await carol.page.context().setOffline(true);
    await carol.awaitText('You are offline.');
    await eachWidth(carol.page, 'a room that is lost');
    await carol.page.keyboard.press('t');
    await eachWidth(carol.page, 'theatre mode while the room is lost');
  },

  'a message covers neither picture nor controls': async venue => {
    const ann = await roomWithVideo(venue);
    const { page } = ann;
    await ann.play();
    await ann.awaitState(PLAYING);
    await ann.putOn('M7lc1UVf-VE');
    const undo = page.getByRole('button', { name: 'Undo' });
    for (const [width, height, key] of [
      [1366, 768],
      [844, 390],
      [1366, 768, 't'],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height });
      if (key) await page.keyboard.press(key);
      const message = await undo.boundingBox();
      const { bottom } = await page.locator('fieldset').evaluate(e => e.getBoundingClientRect().toJSON());
      assert.ok(bottom <= message.y, `${width} × ${height}, ${key}: ${bottom} above ${message.y}`);
    }
  },

  'nothing is under the notch of a phone': async venue => {
    const { page } = await roomWithVideo(venue, {
      browser: { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true },
    });
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Emulation.setSafeAreaInsetsOverride', { insets: CUT_OUT });
    await eventually('the page leaves the notch free', () => inCutOut(page), isEmpty);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await eventually('the end of the page leaves the notch free', () => inCutOut(page), isEmpty);
    await page.keyboard.press('t');
    await assertFillsTheWindow(page, 0.8);
    await eventually('theatre mode leaves the notch free', () => inCutOut(page), isEmpty);
    await page.goto(venue.url);
    await page.getByLabel('Your name').waitFor();
    await eventually('the start leaves the notch free', () => inCutOut(page), isEmpty);
  },
};

async function roomWithVideo(venue, options) {
  const ann = await venue.invite('Ann', { room: 'film-night', ...options });
  await ann.putOn(VIDEO);
  await ann.page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await ann.awaitVideo(VIDEO);
  return ann;
}

/** The picture and the other parts of the page, clipped to the window, once they no longer move. */
async function awaitStill(page) {
  let last = '';
  return eventually(
    'the page stands still',
    () =>
      page.evaluate(() => {
        const shown = element => {
          const box = element.getBoundingClientRect();
          const width = Math.min(innerWidth, box.right) - Math.max(0, box.left);
          const height = Math.min(innerHeight, box.bottom) - Math.max(0, box.top);
          return { what: element.tagName, width: Math.max(0, width), height: Math.max(0, height) };
        };
        const others = document.querySelectorAll('header, fieldset, form, aside section, dialog');
        return { picture: shown(document.querySelector('iframe')), others: [...others].map(shown) };
      }),
    seen => {
      const isStill = JSON.stringify(seen) === last;
      last = JSON.stringify(seen);
      return isStill;
    },
  );
}

function area({ width, height }) {
  return width * height;
}

function share(part, width, height) {
  return area(part) / (width * height);
}

async function assertFillsTheWindow(page, leastShare) {
  const { width, height } = page.viewportSize();
  // The controls are 48 px high, and cover nothing of the picture.
  const least = leastShare ?? Math.min(0.95, (height - 48) / height);
  await eventually(
    'the picture fills the window',
    async () => share((await awaitStill(page)).picture, width, height),
    seen => seen >= least - 0.001,
  );
  await assertNothingIsCut(page, 'theatre mode');
  await assertControlsAreFree(page, 'theatre mode');
  assert.equal(await page.getByRole('banner').isVisible(), false);
}

async function assertIsAPage(page) {
  await page.getByRole('banner').waitFor();
}

async function eachWidth(page, screen) {
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 800 });
    await awaitFrame(page);
    await assertNothingIsCut(page, `${screen}, ${width} px`);
  }
}

function awaitFrame(page) {
  return page.evaluate(
    () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** No element is beyond the edges of the window, or cut off by the edges of its container. */
async function assertNothingIsCut(page, screen) {
  const cut = await page.evaluate(() => {
    // A glow behind the picture, which has no edge.
    for (const glow of document.querySelectorAll('.stage-glow')) glow.style.display = 'none';
    const isSeen = element => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && element.closest('[aria-hidden="true"], .sr-only') === null;
    };
    const isCut = element => {
      const box = element.getBoundingClientRect();
      if (box.left < -1 || box.right > innerWidth + 1) return true;
      const { overflowX, overflowY } = getComputedStyle(element);
      const hidesX = overflowX === 'hidden' || overflowX === 'clip';
      const hidesY = overflowY === 'hidden' || overflowY === 'clip';
      return (
        (hidesX && element.scrollWidth > element.clientWidth + 1) ||
        (overflowX !== 'visible' && overflowY === 'auto' && element.scrollWidth > element.clientWidth + 1) ||
        (hidesY && element.scrollHeight > element.clientHeight + 1)
      );
    };
    // A field scrolls its own content.
    const elements = [...document.body.querySelectorAll('*')].filter(e => isSeen(e) && !e.matches('input'));
    const described = elements
      .filter(isCut)
      .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 30)}`);
    const page = document.documentElement;
    return page.scrollWidth > page.clientWidth ? [...described, 'the page scrolls sideways'] : described;
  });
  assert.deepEqual(cut, [], screen);
}

/** Each control is completely inside the window, large enough for a finger, and beside the picture. */
async function assertControlsAreFree(page, screen) {
  const wrong = await page.evaluate(() => {
    const picture = document.querySelector('iframe').getBoundingClientRect();
    const controls = [...document.querySelectorAll('fieldset :is(button, input)')];
    return controls
      .map(control => ({ name: control.ariaLabel, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .filter(
        ({ box }) =>
          box.top < picture.bottom - 1 || box.bottom > innerHeight + 1 || box.width < 24 || box.height < 24,
      )
      .map(({ name, box }) => `${name}: ${JSON.stringify(box)}`);
  });
  assert.deepEqual(wrong, [], screen);
}

/** Text and controls that are under a cut-out of the device's screen, or under its bottom bar. */
function inCutOut(page) {
  return page.evaluate(cutOut => {
    const isFixed = element =>
      element.closest('.fixed') !== null || element.closest('.flat\\:absolute') !== null;
    return [...document.querySelectorAll('button, input, h1, h2, p, li, label, header svg')]
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => box.width > 1 && element.closest('.sr-only, [role=status]') === null)
      .filter(
        ({ element, box }) =>
          box.left < cutOut.left ||
          box.right > innerWidth - cutOut.right ||
          (isFixed(element) && scrollY === 0 && box.bottom > innerHeight - cutOut.bottom),
      )
      .map(({ element }) => `${element.tagName} ${element.ariaLabel ?? element.textContent}`);
  }, CUT_OUT);
}

function isEmpty(list) {
  return list.length === 0;
}
