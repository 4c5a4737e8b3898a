// The original's page in a real browser, from its own origin, with nothing changed but the server's address.
import assert from 'node:assert/strict';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';
/** The distance that the original's page accepts before it corrects itself. */
const PAGE_TOLERANCE_S = 1;

export const scenarios = {
  'it connects by polling and continues on a WebSocket, from another origin': async venue => {
    const ann = await venue.inviteOriginal('Ann');

    await ann.awaitLook('has upgraded', () => ann.requests.includes('WebSocket'));
    assert.equal(ann.requests[0], 'GET');
    assert.ok(ann.requests.includes('POST'), `no POST in ${ann.requests}`);
    assert.ok(!ann.requests.includes('OPTIONS'), "the original's requests need no preflight");
    assert.match((await ann.look()).socketId, /^[\w-]{20}$/);
  },

  'two of them watch together': async venue => {
    const [ann, bob] = await playingOriginals(venue);

    await ann.pause();
    await bob.awaitState(PAUSED);
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
    await ann.drag(200);

    await bob.awaitLook('is near 200 s', look => look.seconds >= 199 && look.seconds < 230);
    await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
  },

  'it comes back after a lost network under its name, and catches up': async venue => {
    const { network, ann, bob } = await playingOverNetwork(venue);
    const id = (await bob.look()).socketId;

    await network.down();
    await bob.awaitLook('has noticed', look => !look.connected);
    await ann.setVideo(OTHER_VIDEO);
    await ann.awaitLook('shows the other video', look => look.videoId === OTHER_VIDEO);
    await network.up();

    await bob.awaitLook(
      'is back with the other video',
      look => look.connected && look.videoId === OTHER_VIDEO,
    );
    assert.equal((await bob.look()).socketId, id);
    await ann.awaitLook('lists Bob again', look => look.users.includes('Bob') && look.users.length === 2);
  },

  'it comes back over another network before the server notices its loss': async venue => {
    const { network, ann, bob } = await playingOverNetwork(venue);
    const id = (await bob.look()).socketId;

    await network.cutClientsOff();
    await bob.awaitLook('has noticed', look => !look.connected);
    await ann.drag(300);
    await bob.awaitLook('is back', look => look.connected);

    await bob.awaitLook('is near 300 s', look => look.seconds >= 299 && look.seconds < 330);
    await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
    assert.equal((await bob.look()).socketId, id);
    await bob.pause();
    await awaitInStep([ann, bob], PAUSED, PAGE_TOLERANCE_S);
    for (const guest of [ann, bob]) {
      assert.deepEqual((await guest.look()).users.toSorted(), ['Ann', 'Bob']);
    }
  },

  'it catches up on the same connection after five seconds without a byte': async venue => {
    const { network, ann, bob } = await playingOverNetwork(venue);
    const requestsBefore = bob.requests.length;

    await network.silence();
    await ann.drag(300);
    await ann.awaitLook('is near 305 s', look => look.seconds >= 305);
    assert.ok((await bob.look()).seconds < 100, 'nothing got through');
    await network.restore();

    await bob.awaitLook('is past 305 s', look => look.seconds >= 305 && look.seconds < 330);
    await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
    await bob.pause();
    await awaitInStep([ann, bob], PAUSED, PAGE_TOLERANCE_S);
    assert.equal(bob.requests.length, requestsBefore);
  },

  'it and the new page watch together': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.inviteOriginal('Bob');
    await ann.putOn(VIDEO);
    await bob.awaitLook('has a player', look => look.playerReady);

    await ann.play();
    await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
    await ann.seekTo(300);
    await bob.awaitLook('is near 300 s', look => look.seconds >= 299 && look.seconds < 330);
    await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
    await ann.awaitPeople('Ann', 'Bob');
  },
};

async function playingOriginals(venue) {
  const ann = await venue.inviteOriginal('Ann');
  const bob = await venue.inviteOriginal('Bob');
  await ann.setVideo(VIDEO);
  await ann.awaitLook('has a player', look => look.playerReady);
  await bob.awaitLook('has a player', look => look.playerReady);
  await ann.play();
  await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
  return [ann, bob];
}

/** Two people who watch, one of them over a network that can fail. */
async function playingOverNetwork(venue) {
  const network = await venue.network();
  const ann = await venue.inviteOriginal('Ann');
  const bob = await venue.inviteOriginal('Bob', { url: network.url });
  await bob.awaitLook('has upgraded', () => bob.requests.includes('WebSocket'));
  await ann.setVideo(VIDEO);
  await bob.awaitLook('has a player', look => look.playerReady);
  await ann.play();
  await awaitInStep([ann, bob], PLAYING, PAGE_TOLERANCE_S);
  return { network, ann, bob };
}
