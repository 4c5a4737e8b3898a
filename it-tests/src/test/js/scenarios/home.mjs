// The home page: a party of one's own, the rooms where one was, and the open room.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';

const ROOMS = '**/api/rooms';

export const scenarios = {
  'one press opens a room, and the browser keeps who is its host': async venue => {
    const ann = await venue.arrive('Ann');

    await ann.page.getByRole('button', { name: 'Start a party' }).click();

    await ann.page.getByRole('button', { name: 'Join the party' }).waitFor();
    const room = ann.room();
    assert.match(room, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const [created] = await stored(ann, 'watchparty.identities');
    assert.equal(created.room, room);
    await ann.join();
    await ann.page.getByRole('heading', { name: 'Your room is ready' }).waitFor();
    await ann.page.getByRole('button', { name: 'Room settings' }).waitFor();
    const [kept] = await stored(ann, 'watchparty.identities');
    assert.equal(kept.participantId, created.participantId);
  },

  'a host names the room, and a name that is taken is said beside its field': async venue => {
    const ann = await venue.arrive('Ann');
    const { page } = ann;
    const requests = [];
    await page.route(ROOMS, route => {
      requests.push(route.request().postDataJSON());
      return route.fulfill(requests.length === 1 ? refused(409, 'ROOM_TAKEN') : created('film-evening'));
    });
    await page.getByLabel('Your name').fill('Ann');
    await page.getByText('Give the room a name or a title').click();
    const field = page.getByLabel('Room name', { exact: true });
    await field.fill('ab');
    await field.press('Enter');
    await page.getByRole('alert').getByText('3 to 40 letters').waitFor();
    assert.deepEqual(requests, []);

    await field.fill('Film Night');
    await ann.awaitText('The room will be called');
    await page.getByLabel('Title').fill('Friday');
    await page.getByLabel('Title').press('Enter');

    await page.getByRole('alert').getByText('already exists').waitFor();
    assert.deepEqual(requests, [{ name: 'film-night', title: 'Friday' }]);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await eventually('the field has the focus', () =>
      field.evaluate(element => element === document.activeElement),
    );

    await field.fill('film-evening');
    await field.press('Enter');
    await ann.awaitPeople('Ann');
    assert.deepEqual(requests[1], { name: 'film-evening', title: 'Friday' });
    assert.equal(ann.room(), 'film-evening');
  },

  'the reason why there is no room is said in words': async venue => {
    const ann = await venue.arrive('Ann');
    let answer;
    await ann.page.route(ROOMS, route => answer(route));
    for (const [next, words] of [
      [route => route.fulfill(refused(429, 'RATE_LIMITED')), 'too much at once'],
      [route => route.fulfill(refused(503, 'UNAVAILABLE')), 'could not do that just now'],
      [route => route.fulfill({ status: 502, body: '<html>' }), 'could not do that just now'],
      [route => route.abort(), 'We cannot reach the server.'],
    ]) {
      answer = next;
      await ann.page.getByRole('button', { name: 'Start a party' }).click();
      await ann.page.getByRole('alert').getByText(words).waitFor();
      assert.equal(ann.room(), null);
    }
  },

  'the rooms where one was are a press away, until they are forgotten': async venue => {
    const ann = await venue.invite('Ann', { room: 'film-night' });
    const { page } = ann;
    const bob = await venue.invite('Bob', { room: 'series' });
    await page.goto(`${venue.url}/?room=series`);
    await ann.join();
    await page.goto(venue.url);
    const links = page.getByRole('region', { name: 'Recent rooms' }).getByRole('link');
    assert.deepEqual(await links.allInnerTexts(), ['series', 'film-night']);

    await links.first().click();
    await bob.awaitPeople('Ann', 'Bob');
    assert.equal(ann.room(), 'series');
    await page.goBack();

    await page.getByRole('button', { name: 'Forget series' }).press('Enter');
    await awaitFocus(page, 'Forget film-night');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recent rooms' }).waitFor({ state: 'hidden' });
    await eventually('the first field has the focus', () =>
      page.getByLabel('Your name').evaluate(element => element === document.activeElement),
    );
    await page.reload();
    await page.getByLabel('Your name').waitFor();
    assert.equal(await links.count(), 0);
  },

  'the open room is offered only where the server says that it is open': async venue => {
    const ann = await venue.arrive('Ann');
    const enter = ann.page.getByRole('button', { name: 'Enter the open room' });
    for (const [answer, isOffered] of [
      [route => route.fulfill({ json: { defaultRoom: true } }), true],
      [route => route.fulfill({ json: { defaultRoom: false } }), false],
      [route => route.fulfill({ status: 500 }), false],
      [route => route.abort(), false],
    ]) {
      await ann.page.unroute('**/api/server');
      await ann.page.route('**/api/server', answer);
      const answered = ann.page.waitForEvent('requestfinished', isOfServer).catch(() => {});
      const failed = ann.page.waitForEvent('requestfailed', isOfServer).catch(() => {});
      await ann.page.reload();
      await Promise.race([answered, failed]);
      if (isOffered) await enter.waitFor();
      else assert.equal(await enter.count(), 0);
    }
  },
};

function isOfServer(request) {
  return request.url().endsWith('/api/server');
}

function created(room) {
  return {
    status: 201,
    json: {
      room,
      path: `/r/${room}`,
      participantId: 'abcdefghijklmnopqrst',
      token: 'a token',
      expiresAt: Date.now() + 3_600_000,
    },
  };
}

function refused(status, code) {
  return { status, json: { error: { code, message: code.toLowerCase() } } };
}

function stored(guest, key) {
  return guest.page.evaluate(name => JSON.parse(localStorage.getItem(name)), key);
}

async function awaitFocus(page, label) {
  await eventually(
    `${label} has the focus`,
    () => page.evaluate(() => document.activeElement?.ariaLabel?.replaceAll(/[\u2068\u2069]/g, '')),
    seen => seen === label,
  );
}
