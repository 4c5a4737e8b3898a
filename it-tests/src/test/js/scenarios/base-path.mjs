// The page below a path, or at the root: everything that it requests is below the same path.
import assert from 'node:assert/strict';
import { awaitInStep, PLAYING } from '../guest.mjs';

const ROOM = { room: 'film-night' };

export const scenarios = {
  'people meet below one path, and request nothing outside it': async venue => {
    const base = `${venue.url.replace(/\/$/, '')}/`;
    const visitor = await venue.arrive('Visitor');
    assert.equal(visitor.page.url(), base);

    const ann = await venue.open('Ann', ROOM);
    const { asked, frames } = watch(ann.page);
    await ann.page.reload();
    await ann.join();
    const link = await linkOfInvitation(ann);
    assert.ok([`${base}r/film-night`, `${base}?room=film-night`].includes(link), link);
    const bob = await venue.invite('Bob', ROOM);
    await ann.awaitPeople('Ann', 'Bob');
    await ann.putOn('dQw4w9WgXcQ');
    await bob.awaitVideo('dQw4w9WgXcQ');
    await bob.play();
    await awaitInStep([ann, bob], PLAYING, 0.3);

    const own = asked.filter(address => new URL(address).hostname === '127.0.0.1');
    assert.deepEqual(
      own.filter(address => !address.replace(/^ws/, 'http').startsWith(base)),
      [],
    );
    assert.ok(own.some(address => /\/assets\/.+\.js$/.test(address)));
    assert.ok(own.some(address => /\/favicon|\/assets\/.+\.css$/.test(address)));
    return {
      polls: own.some(address => address.includes('transport=polling')),
      usesWebSocket: frames.length > 0,
    };
  },
};

/** The addresses of the page's requests from now on, WebSockets included, and the messages of those. */
function watch(page) {
  const asked = [];
  const frames = [];
  page.on('request', request => asked.push(request.url()));
  page.on('websocket', socket => {
    asked.push(socket.url());
    socket.on('framereceived', frame => frames.push(frame.payload));
  });
  return { asked, frames };
}

/** The text that the page puts on the clipboard, which a test cannot read in every browser. */
async function linkOfInvitation(guest) {
  await guest.page.evaluate(() => {
    navigator.clipboard.writeText = async text => {
      globalThis.copied = text;
    };
  });
  await guest.inDialog('Invite', async dialog => {
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    await dialog.getByText('Copied').waitFor();
  });
  return guest.page.evaluate(() => globalThis.copied);
}
