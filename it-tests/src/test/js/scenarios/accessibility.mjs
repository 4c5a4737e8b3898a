// The page for people who use the keyboard, a screen reader, high contrast, or their own theme.
import assert from 'node:assert/strict';
import { io } from 'socket.io-client';
import { assertAccessible } from '../accessible.mjs';
import { eventually } from '../eventually.mjs';
import { PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';
const IFRAME_API = 'https://www.youtube.com/iframe_api';
const PHONE = { width: 390, height: 844 };
/** The smallest part of a slider's area that must differ from its background to be visible. */
const LEAST_DRAWN = 0.04;
const REFUSAL = { event: 'session:play', code: 'RATE_LIMITED', message: 'too many' };
const DARK = { paper: 'rgb(20, 18, 22)', bar: '#141216' };
const LIGHT = { paper: 'rgb(246, 243, 238)', bar: '#f6f3ee' };

export const scenarios = {
  'axe finds nothing before one has joined': async venue => {
    const ann = await venue.open('Ann', { room: 'film-night' });
    await ann.page.goto(venue.url);
    await ann.page.getByLabel('Your name').waitFor();
    await assertAccessible(ann.page, 'the start');
    await ann.page.getByText('Give the room a name or a title').click();
    await ann.page.getByLabel('Room name', { exact: true }).fill('?!');
    await ann.page.getByLabel('Room name', { exact: true }).press('Enter');
    await ann.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    await ann.page.getByLabel('link or room name').fill('?!');
    await ann.page.getByLabel('link or room name').press('Enter');
    await assertAccessible(ann.page, 'the start with what is no name');
    await ann.inDialog('Settings', () => assertAccessible(ann.page, 'the settings before a room'));
    await ann.page.goto(`${venue.url}/?open`);
    await ann.awaitText('The open room');
    await assertAccessible(ann.page, 'the door of the open room');
    await ann.page.goto(venue.url);
    await ann.startParty();
    await assertAccessible(ann.page, 'the room of a host');
    await ann.pretendServer({ defaultRoom: true });
    await ann.page.goto(venue.url);
    await ann.page.getByRole('heading', { name: 'Recent rooms' }).waitFor();
    await assertAccessible(ann.page, 'the start of somebody who comes back');
    await venue.invite('Bob', { room: 'film-night' });
    await ann.page.goto(`${venue.url}/?room=film-night`);
    await ann.awaitText('Bob is here');
    await assertAccessible(ann.page, 'the invitation');
    await ann.page.goto(`${venue.url}/?room=no%20room`);
    await ann.awaitText('No such room');
    await assertAccessible(ann.page, 'no such room');
  },

  'axe finds nothing in a room': async venue => {
    const ann = await venue.invite('Ann', { youtube: { autoplayBlocked: true } });
    const { page } = ann;
    await assertAccessible(page, 'a room without a video');
    await ann.putOn('no link');
    await assertAccessible(page, 'a wrong link');
    await ann.putOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    await assertAccessible(page, 'a room with a video');
    await ann.inDialog('Invite', () => assertAccessible(page, 'the invitation of others'));
    await ann.inDialog('Settings', () => assertAccessible(page, 'the settings'));
    await page.keyboard.press('t');
    await assertAccessible(page, 'theatre mode');
    await page.keyboard.press('t');
    await (await venue.invite('Bob')).play();
    await page.getByRole('button', { name: 'Click to join the playback' }).waitFor();
    await assertAccessible(page, 'a start that the browser blocked');
    await ann.askToPutOn(OTHER_VIDEO);
    await page.getByRole('dialog').waitFor();
    await assertAccessible(page, 'a question before a video is replaced');
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await assertAccessible(page, 'a video that was replaced');
    await page.getByRole('button', { name: 'Undo' }).click();
    await ann.awaitVideo(VIDEO);
    await page.evaluate(() => globalThis.fakeYouTube.players[0].fail(5));
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await assertAccessible(page, 'a video that fails');
    await page.context().setOffline(true);
    await ann.awaitText('You are offline.');
    await assertAccessible(page, 'a room that is lost');
  },

  'axe finds nothing where YouTube cannot be reached': async venue => {
    await (await venue.invite('Ann')).putOn(VIDEO);
    const bob = await venue.invite('Bob', { blocksYouTube: true });
    await bob.awaitText('YouTube could not be reached.');
    await assertAccessible(bob.page, 'YouTube cannot be reached');
  },

  'long lists can be scrolled with the keyboard': async venue => {
    const ann = await venue.invite('Ann');
    await ann.putOn(VIDEO);
    const list = ann.page.getByRole('group', { name: 'In the room' });
    await ann.page.setViewportSize(PHONE);
    assert.equal(await list.count(), 0, 'a list of one is no stop for the keyboard');
    const crowd = [];
    try {
      for (const size of [9, 200]) {
        while (crowd.length < size - 1) crowd.push(join(venue.url, `Guest ${crowd.length}`));
        await eventually(
          'all are in the list',
          () => list.getByRole('listitem').count(),
          seen => seen === size,
        );
        await assertAccessible(ann.page, `${size} people`);
        await list.press('End');
        await eventually('scrolled to the end', () =>
          list.evaluate(e => e.scrollTop > 0 && e.scrollTop + e.clientHeight > e.scrollHeight - 2),
        );
        await list.press('Home');
        await eventually('scrolled to the beginning', () => list.evaluate(e => e.scrollTop === 0));
      }
    } finally {
      for (const socket of crowd) socket.disconnect();
    }
  },

  'the focus is never lost': async venue => {
    let connection;
    const ann = await venue.invite('Ann', {
      youtube: { autoplayBlocked: true },
      prepare: page =>
        page.routeWebSocket(/socket\.io/, socket => {
          connection = socket;
          socket.connectToServer();
        }),
    });
    const { page } = ann;
    await awaitFocus(page, 'the heading', 'H1');

    await page.getByText('Connected', { exact: true }).waitFor();
    const field = page.getByLabel('YouTube link or video ID');
    await field.focus();
    await page.keyboard.type(VIDEO);
    await page.keyboard.press('Enter');
    await awaitFocus(page, 'the new play button', 'Play');
    await ann.awaitVideo(VIDEO);

    const play = page.getByRole('button', { name: 'Play', exact: true });
    await eventually('the player takes commands', () => play.isEnabled());
    await page.keyboard.press('Enter');
    const blocked = page.getByRole('button', { name: 'Click to join the playback' });
    await blocked.waitFor();
    await page.evaluate(() => {
      globalThis.fakeYouTube.settings.autoplayBlocked = false;
    });
    await blocked.press('Enter');
    await ann.awaitState(PLAYING);
    await awaitFocus(page, 'the play button after the blocked start', 'Pause');

    await page.evaluate(() => globalThis.fakeYouTube.players[0].fail(5));
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await awaitFocus(page, 'the play button after another try', 'Pause');

    connection.send(`42${JSON.stringify(['session:error', REFUSAL])}`);
    const dismiss = page.getByRole('button', { name: 'Dismiss' });
    await dismiss.focus();
    await assertAccessible(page, 'a message');
    await dismiss.press('Enter');
    await dismiss.waitFor({ state: 'detached' });
    await awaitFocus(page, 'the play button after a message', /Play|Pause/);

    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await awaitFocus(page, 'the play button without a connection', /Play|Pause/);
    await page.context().setOffline(false);
    await page.getByText('Connected', { exact: true }).waitFor();
    await awaitFocus(page, 'the play button with a connection', /Play|Pause/);

    const bar = page.getByRole('slider', { name: 'Position in the video' });
    await bar.focus();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    const before = await bar.inputValue();
    await page.keyboard.press('End');
    const { x, y, width, height } = await bar.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    assert.ok(Number(await bar.inputValue()) < Number(before) + 30, 'a bar without a connection stays');
    await awaitFocus(page, 'the bar without a connection', 'Position in the video');
    await page.context().setOffline(false);
    await page.getByText('Connected', { exact: true }).waitFor();
    await awaitFocus(page, 'the bar with a connection', 'Position in the video');

    const size = page.getByRole('button', { name: 'Theatre mode' });
    await size.press('Enter');
    await awaitFocus(page, 'the button of theatre mode', 'Theatre mode');
    await size.press('Enter');
    await page.getByRole('button', { name: 'Invite' }).focus();
    await page.keyboard.press('t');
    await awaitFocus(page, 'the play button over what was hidden', /Play|Pause/);
  },

  'a button that waits for the connection does nothing': async venue => {
    const ann = await venue.invite('Ann');
    await ann.putOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    await ann.play();
    await ann.awaitState(PLAYING);
    await ann.page.context().setOffline(true);
    await ann.awaitText('You are offline.');

    await ann.page.getByRole('button', { name: 'Pause', exact: true }).press('Enter');
    await ann.page.getByLabel('YouTube link or video ID').fill('M7lc1UVf-VE');
    await ann.page.getByLabel('YouTube link or video ID').press('Enter');
    await ann.page.context().setOffline(false);

    await ann.awaitText('Connected');
    const look = await ann.look();
    assert.notEqual(look.state, PAUSED);
    assert.equal(look.videoId, VIDEO);
  },

  'sliders, states and focus stay visible with forced colours': async venue => {
    for (const colorScheme of ['light', 'dark']) {
      const ann = await venue.invite('Ann', {
        room: colorScheme,
        browser: { forcedColors: 'active', colorScheme },
      });
      const { page } = ann;
      await ann.putOn(VIDEO);
      await ann.awaitVideo(VIDEO);
      for (const name of ['Position in the video', 'Volume']) {
        const slider = page.getByRole('slider', { name });
        assert.ok((await drawn(page, slider)) >= LEAST_DRAWN, `${name}, ${colorScheme}`);
      }
      for (const name of ['Play', 'Mute', 'Theatre mode', 'Full screen', 'Invite', 'Put it on']) {
        const button = page.getByRole('button', { name, exact: true });
        assert.ok((await drawn(page, button)) >= LEAST_DRAWN, `${name}, ${colorScheme}`);
        assert.notEqual(
          await button.evaluate(e => getComputedStyle(e).borderTopWidth),
          '0px',
          `edge of ${name}`,
        );
        await page.keyboard.press('Tab');
        await button.focus();
        assert.equal(
          await button.evaluate(e => getComputedStyle(e).outlineStyle),
          'solid',
          `focus at ${name}`,
        );
      }
    }
  },

  'the remembered theme is applied before the page’s script runs': async venue => {
    for (const [system, theme, colours] of [
      ['light', 'Dark', DARK],
      ['dark', 'Light', LIGHT],
    ]) {
      const ann = await venue.open('Ann', { room: 'film-night', browser: { colorScheme: system } });
      const { page } = ann;
      await ann.inDialog('Settings', () => page.getByText(theme).click());
      await assertColours(page, colours);
      let letScriptGo;
      const held = new Promise(resolve => {
        letScriptGo = resolve;
      });
      await page.route('**/assets/*.js', async route => {
        await held;
        await route.continue();
      });

      await page.reload({ waitUntil: 'commit' });

      await page.waitForFunction(() => document.styleSheets.length > 0 && document.body !== null);
      await assertColours(page, colours);
      assert.equal(await page.getByLabel('Your name').count(), 0, 'the script has not run');
      letScriptGo();
      await ann.inDialog('Settings', dialog => dialog.getByText('System').first().click());
      await assertColours(page, system === 'dark' ? DARK : LIGHT);
      await page.reload();
      await assertColours(page, system === 'dark' ? DARK : LIGHT);
    }
  },

  'a picture that is slow to load says so': async venue => {
    const ann = await venue.open('Ann');
    const routes = [];
    await ann.page.route(IFRAME_API, route => routes.push(route));
    await ann.join();
    await ann.putOn(VIDEO);
    const video = ann.page.getByRole('region', { name: 'Video' });
    await video.getByText('Loading').waitFor();
    await eventually('the script is asked for', () => routes.length > 0);
    await routes[0].fallback();
    await ann.awaitVideo(VIDEO);
    await video.getByText('Loading').waitFor({ state: 'detached' });
  },
};

/** A person without a page. */
function join(url, username) {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  socket.on('connect', () => socket.emit('session:join', { username }));
  return socket;
}

/** Waits until the focused element has this name, or is of that kind. */
async function awaitFocus(page, what, name) {
  await eventually(
    `${what} has the focus`,
    () => page.evaluate(() => `${document.activeElement?.ariaLabel ?? document.activeElement?.tagName}`),
    seen => (name instanceof RegExp ? name.test(seen) : seen === name),
  );
}

/** The part of an element's area that does not have the colour of its corner. */
async function drawn(page, element) {
  const picture = `data:image/png;base64,${(await element.screenshot()).toString('base64')}`;
  return page.evaluate(async address => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let differ = 0;
    for (let at = 0; at < data.length; at += 4) {
      const distance = [0, 1, 2].reduce((sum, i) => sum + Math.abs(data[at + i] - data[i]), 0);
      if (distance > 96) differ++;
    }
    return differ / (data.length / 4);
  }, picture);
}

async function assertColours(page, { paper, bar }) {
  const seen = await page.evaluate(() => ({
    paper: getComputedStyle(document.body).backgroundColor,
    bar: [...document.querySelectorAll('meta[name="theme-color"]')].find(
      meta => matchMedia(meta.media).matches,
    ).content,
  }));
  assert.deepEqual(seen, { paper, bar });
}
