// YouTube's player does not load, or loads late, or cannot show the video.
import assert from 'node:assert/strict';
import { awaitInStep, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';
const IN_STEP_S = 0.3;

export const scenarios = {
  'the page says that a player does not load, and the player commands nothing': async venue => {
    const ann = await venue.invite('Ann');
    const troubled = {
      Blocked: { blocked: true },
      Half: { halfLoaded: true },
      Throwing: { throwing: true },
    };
    const guests = [];
    for (const [name, youtube] of Object.entries(troubled)) {
      guests.push(await venue.invite(name, { youtube }));
    }
    await ann.putOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    await guests[0].page.getByRole('status').getByText('Loading').waitFor();
    await ann.play();

    await guests[0].awaitText('YouTube did not answer.');
    await guests[1].awaitText('YouTube did not answer.');
    await guests[2].awaitText('could not be started');
    for (const guest of guests) {
      const pause = guest.page.getByRole('button', { name: 'Pause', exact: true });
      assert.ok(await pause.isDisabled(), `${guest.name} can press Pause`);
      for (const key of ['Space', 'KeyK', 'ArrowRight']) {
        await guest.page.keyboard.press(key);
      }
    }

    for (const [i, guest] of guests.entries()) {
      await guest.setYouTube({ blocked: false, halfLoaded: false, throwing: false });
      await guest.page.getByRole('button', { name: 'Try again' }).click();
      await guest.awaitState(PLAYING);
      assert.equal(await players(guest), 1, `players of guest ${i + 1}`);
    }
    await awaitInStep([ann, ...guests], PLAYING, IN_STEP_S);
    await ann.awaitLastAction('pressed play');
    assert.ok((await ann.look()).seconds > 15, 'the room was moved');
  },

  'a player that loads late is used without a click': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { youtube: { blocked: true } });
    await ann.putOn(VIDEO);
    await ann.play();
    await bob.awaitText('YouTube did not answer.');

    await bob.atPlayer('comeUp');

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await bob.page.getByText('YouTube did not answer.').waitFor({ state: 'hidden' });
  },

  'a player that cannot show the video commands nothing': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { youtube: { errors: { [VIDEO]: 150 } } });
    await ann.putOn(VIDEO);
    await bob.awaitText('This video plays on YouTube only.');
    await ann.play();
    await ann.awaitState(PLAYING);

    const pause = bob.page.getByRole('button', { name: 'Pause', exact: true });
    assert.ok(await pause.isDisabled(), 'Bob can press Pause');
    await bob.page.keyboard.press('KeyK');

    await bob.putOn(OTHER_VIDEO);
    await ann.awaitVideo(OTHER_VIDEO);
    await bob.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'a player that waits for a click accepts Play as one': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob', { youtube: { autoplayBlocked: true } });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.play();
    await bob.awaitText('Click to join the playback');
    await ann.awaitState(PLAYING);

    await bob.setYouTube({ autoplayBlocked: false });
    await bob.play();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await bob.awaitLastAction('Ann pressed play');
  },
};

function players(guest) {
  return guest.page.evaluate(() => globalThis.fakeYouTube.players.length);
}
