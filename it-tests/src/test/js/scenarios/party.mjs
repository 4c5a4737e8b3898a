// Two and three people at the page: what each of them sees.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { awaitInStep, differenceSeconds, ENDED, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';
const IN_STEP_S = 0.3;

export const scenarios = {
  "people see each other's names, and see others leave": async venue => {
    const [ann, bob] = await venue.inviteAll('Ann', 'Bob');
    await ann.awaitPeople('Ann', 'Bob');
    await bob.awaitPeople('Ann', 'Bob');

    await bob.page.close();

    await ann.awaitPeople('Ann');
    await ann.awaitText('Bob left');
  },

  'a link that one person sets is shown to all': async venue => {
    const [ann, bob] = await venue.inviteAll('Ann', 'Bob');

    await ann.putOn(`https://www.youtube.com/watch?v=${VIDEO}&t=42`);

    await ann.awaitVideo(VIDEO);
    await bob.awaitVideo(VIDEO);
    await bob.awaitLastAction('Ann put on a new video');
  },

  'play by one person plays for all, in step': async venue => {
    const [ann, bob] = await partyWithVideo(venue);

    await bob.play();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.awaitLastAction('Bob pressed play');
  },

  'pause by one person pauses all at the same place': async venue => {
    const [ann, bob] = await playingParty(venue);

    await bob.pause();

    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
    await ann.awaitLastAction('Bob paused');
  },

  'a jump by one moves all': async venue => {
    const [ann, bob] = await playingParty(venue);

    await bob.seekTo(300);

    await ann.awaitNear(300);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'a jump while paused moves all, and nobody plays': async venue => {
    const [ann, bob] = await playingParty(venue);
    await ann.pause();
    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);

    await ann.seekTo(200);

    await bob.awaitNear(200);
    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
  },

  "an action in the player's own picture applies to all": async venue => {
    const [ann, bob] = await playingParty(venue);

    await bob.atPlayer('userPause');
    await ann.awaitState(PAUSED);
    await bob.atPlayer('userPlay');
    await ann.awaitState(PLAYING);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await bob.atPlayer('userSeek', 120);
    await ann.awaitNear(120, 15);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await bob.atPlayer('userDrag', 400);
    await ann.awaitNear(400, 15);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'a person who comes late starts where the others are': async venue => {
    const [ann, bob] = await playingParty(venue);
    await ann.seekTo(250);
    await bob.awaitNear(250, 15);

    const carol = await venue.invite('Carol');

    await carol.awaitNear(250, 60);
    await awaitInStep([ann, bob, carol], PLAYING, IN_STEP_S);
    await carol.awaitPeople('Ann', 'Bob', 'Carol');
  },

  'another video is paused at its beginning for all': async venue => {
    const [ann, bob] = await playingParty(venue);

    await bob.putOn(OTHER_VIDEO);

    for (const guest of [ann, bob]) {
      await guest.awaitLook(
        'stands at the beginning of the other video',
        look => look.videoId === OTHER_VIDEO && look.state !== PLAYING && look.seconds < 1,
      );
    }
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'the same video again is paused at its beginning for all': async venue => {
    const [ann, bob] = await playingParty(venue);
    await ann.seekTo(100);
    await bob.awaitNear(100, 15);

    await ann.putOn(VIDEO);

    for (const guest of [ann, bob]) {
      await guest.awaitLook('stands at the beginning', look => look.state !== PLAYING && look.seconds < 1);
    }
  },

  'a player that stalls comes back into step and moves nobody else': async venue => {
    const [ann, bob] = await playingParty(venue);
    const before = await ann.look();

    await bob.atPlayer('stall', 2500);

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    const after = await ann.look();
    assert.ok(
      Math.abs(differenceSeconds(after, before)) < 1,
      `Ann was moved by ${differenceSeconds(after, before)} s`,
    );
  },

  'a person who loses the network comes back into step under the same name': async venue => {
    const network = await venue.network();
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { url: network.url });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);

    await network.down();
    await bob.awaitText('The connection is lost');
    await ann.seekTo(400);
    await ann.awaitNear(400, 15);
    await network.up();

    await bob.awaitNear(400, 60);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.awaitPeople('Ann', 'Bob');
    await bob.pause();
    await ann.awaitLastAction('Bob paused');
  },

  'people who cannot see a video learn that it may not be embedded': async venue => {
    const ann = await venue.invite('Ann', { youtube: { errors: { [OTHER_VIDEO]: 150 } } });

    await ann.putOn(OTHER_VIDEO);
    await ann.awaitText('This video plays on YouTube only.');
    await ann.putOn(VIDEO);

    await ann.awaitVideo(VIDEO);
    await ann.page.getByText('This video plays on YouTube only.').waitFor({ state: 'hidden' });
  },

  'the page says that YouTube is blocked, and tries again when asked': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { blocksYouTube: true });
    await ann.putOn(VIDEO);
    await ann.play();
    await bob.awaitText('YouTube could not be reached.');

    await bob.unblockYouTube();
    await bob.page.getByRole('button', { name: 'Try again' }).click();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'the page says that a video is gone': async venue => {
    const ann = await venue.invite('Ann', { youtube: { errors: { [VIDEO]: 100 } } });

    await ann.putOn(VIDEO);

    await ann.awaitText('This video is gone.');
  },

  'a browser that blocks the start asks for a click, and nobody else is paused': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { youtube: { autoplayBlocked: true } });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);

    await ann.play();

    const button = bob.page.getByRole('button', { name: 'Click to join the playback' });
    await button.waitFor();
    await ann.awaitState(PLAYING);
    await bob.page.evaluate(() => {
      globalThis.fakeYouTube.settings.autoplayBlocked = false;
    });
    await button.click();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'the end of a video ends it for all, and it can be played again': async venue => {
    const short = { youtube: { durationSeconds: 12 } };
    const ann = await venue.invite('Ann', short);
    const bob = await venue.invite('Bob', short);
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.seekTo(10);

    await ann.awaitState(ENDED);
    await bob.awaitState(ENDED);
    await ann.page.getByRole('button', { name: 'Play again' }).click();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'a text that names no video is refused with a reason': async venue => {
    const ann = await venue.invite('Ann');

    await ann.putOn('https://example.com/watch?v=dQw4w9WgXcQ');
    await ann.page.getByRole('alert').getByText('another site').waitFor();
    await ann.putOn('not a link');
    await ann.page.getByRole('alert').getByText('neither a link nor a video ID').waitFor();
  },

  'the reason is visible under a picture that fills the window': async venue => {
    const ann = await venue.invite('Ann');
    await ann.putOn(VIDEO);
    await ann.awaitText(`Video ${VIDEO}`);

    await ann.putOn('not a link');

    const reason = ann.page.getByRole('alert').getByText('neither a link nor a video ID');
    await eventually(
      'the reason is in sight',
      () => reason.evaluate(element => innerHeight - element.getBoundingClientRect().bottom),
      pixelsBelow => pixelsBelow >= 0,
    );
  },

  'a name of markup is shown as text': async venue => {
    const [mallory, ann] = await venue.inviteAll('<img src=x onerror="alert(1)">', 'Ann');

    await ann.awaitPeople('img src=x onerror="alert(1)"', 'Ann');
    assert.equal(await ann.page.locator('img[src=x]').count(), 0);
    assert.equal(await mallory.page.locator('img[src=x]').count(), 0);
  },

  'rooms receive nothing from each other': async venue => {
    const ann = await venue.invite('Ann', { room: 'film-night' });
    const bob = await venue.invite('Bob', { room: 'film-night' });
    const carol = await venue.invite('Carol', { room: 'other' });

    await ann.putOn(VIDEO);
    await ann.play();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.awaitPeople('Ann', 'Bob');
    await carol.awaitPeople('Carol');
    assert.equal((await carol.look()).videoId, null);
  },

  'the page says that a room is invalid': async venue => {
    const ann = await venue.open('Ann', { room: 'no%20such%20room!' });

    await ann.awaitText('No such room');
  },

  'a reload lands in the room again': async venue => {
    const [ann, bob] = await playingParty(venue);

    await bob.reload();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.awaitPeople('Ann', 'Bob');
  },
};

/** Two people with a paused video. */
async function partyWithVideo(venue) {
  const guests = await venue.inviteAll('Ann', 'Bob');
  await guests[0].putOn(VIDEO);
  for (const guest of guests) {
    await guest.awaitLook('has the video ready', look => look.videoId === VIDEO && look.state >= 0);
  }
  return guests;
}

/** Two people who watch. */
async function playingParty(venue) {
  const guests = await partyWithVideo(venue);
  await guests[0].play();
  await awaitInStep(guests, PLAYING, IN_STEP_S);
  return guests;
}
