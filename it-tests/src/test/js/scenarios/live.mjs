// Two people watch a live stream.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { PAUSED, PLAYING } from '../guest.mjs';

const STREAM = 'jfKfPfyJRdk';
const FILM = 'dQw4w9WgXcQ';
const WINDOW_S = 600;
/** A player at the edge may be a little behind it. */
const EDGE_S = 20;
/** If a player is moved back, that happens every 5 s. */
const WATCHED_S = 12;

export const scenarios = {
  'a live stream of two hours is watched together at its edge': async venue => {
    await watchTogether(venue, 2 * 3600, true);
  },

  'a live stream of more than a day, known only by its length, is too': async venue => {
    await watchTogether(venue, 25 * 3600 + 90, false);
  },

  'people behind a live stream see it and jump to the edge': async venue => {
    const [ann, bob] = await watching(venue, 7200, true);
    await ann.atPlayer('userSeek', 7000);
    await ann.awaitText('behind');
    await awaitBehind(ann, seconds => seconds > 100);
    await awaitBehind(bob, seconds => seconds < EDGE_S);

    await ann.page.getByRole('button', { name: 'Jump to live' }).click();

    await awaitBehind(ann, seconds => seconds < EDGE_S);
    await ann.page.getByRole('button', { name: 'Jump to live' }).waitFor({ state: 'hidden' });
    await ann.awaitState(PLAYING);
    await ann.putOn(FILM);
    await ann.awaitVideo(FILM);
    await ann.page.getByLabel('Position in the video').waitFor();
  },
};

async function watchTogether(venue, goneSeconds, says) {
  const [ann, bob] = await watching(venue, goneSeconds, says);
  await bob.page.evaluate(countJumps);

  const { seconds } = await bob.look();
  await bob.awaitLook('watched for a while', look => look.seconds > seconds + WATCHED_S);
  for (const key of ['ArrowRight', 'ArrowLeft']) {
    await ann.page.keyboard.press(key);
  }
  assert.equal(await bob.page.evaluate(() => globalThis.jumps), 0, 'the player of Bob was moved');
  assert.equal(await ann.page.getByLabel('Position in the video').count(), 0, 'there is a seek bar');

  await ann.pause();
  await bob.awaitState(PAUSED);
  await bob.play();
  for (const guest of [ann, bob]) {
    await guest.awaitState(PLAYING);
    await awaitBehind(guest, behind => behind < EDGE_S);
  }

  const carol = await invite(venue, 'Carol', goneSeconds, says);
  await carol.awaitState(PLAYING);
  await carol.page.getByText('Live', { exact: true }).waitFor();
  await awaitBehind(carol, behind => behind < EDGE_S);
}

async function watching(venue, goneSeconds, says) {
  const ann = await invite(venue, 'Ann', goneSeconds, says);
  const bob = await invite(venue, 'Bob', goneSeconds, says);
  await ann.putOn(STREAM);
  await bob.awaitVideo(STREAM);
  await ann.play();
  for (const guest of [ann, bob]) {
    await guest.awaitState(PLAYING);
    await guest.page.getByText('Live', { exact: true }).waitFor();
    await awaitBehind(guest, behind => behind < EDGE_S);
  }
  return [ann, bob];
}

function invite(venue, name, goneSeconds, says) {
  const stream = { startedAtMs: Date.now() - goneSeconds * 1000, windowSeconds: WINDOW_S, says };
  return venue.invite(name, { youtube: { live: { [STREAM]: stream } } });
}

function awaitBehind(guest, isSatisfied) {
  return eventually(
    `${guest.name} is where it should be behind the edge`,
    () =>
      guest.page.evaluate(() => {
        const [player] = globalThis.fakeYouTube.players;
        return player.getPlayerState() === 1 ? player.getDuration() - player.getCurrentTime() : Number.NaN;
      }),
    isSatisfied,
  );
}

/** In the page: counts the seeks that its player is told to make. */
function countJumps() {
  globalThis.jumps = 0;
  const [player] = globalThis.fakeYouTube.players;
  const seekTo = player.seekTo.bind(player);
  player.seekTo = seconds => {
    globalThis.jumps++;
    seekTo(seconds);
  };
}
