// Slow networks, networks without WebSockets, and slow players.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const IN_STEP_S = 0.3;
const ONE_WAY_MS = 250;

export const scenarios = {
  'a page behind a slow network knows its latency from the start': async venue => {
    const ann = await playing(venue);
    const network = await venue.network();
    await network.delay(ONE_WAY_MS);
    const bob = await venue.open('Bob', { url: network.url });
    await bob.page.evaluate(watchLatency);
    await bob.join();

    const latencies = await eventually(
      'the latency was watched for a while',
      () => bob.page.evaluate(() => globalThis.latencies),
      seen => seen.length > 60,
    );
    assert.ok(Math.min(...latencies) >= ONE_WAY_MS - 10, `too short: ${latencies}`);
    assert.ok(Math.max(...latencies) < ONE_WAY_MS * 2, `too long: ${latencies}`);
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  },

  'a network that refuses WebSockets gets polling': async venue => {
    await meetsAnn(venue, network => network.refuseWebSockets());
  },

  'a network that swallows WebSockets gets polling': async venue => {
    await meetsAnn(venue, network => network.swallowWebSockets());
  },

  'a slow player that joins is nudged while it may not jump': async venue => {
    const ann = await playing(venue);
    const bob = await venue.open('Bob', { youtube: { minBufferMs: 1000, maxBufferMs: 1500 } });
    await bob.page.evaluate(watchNudges);
    await bob.join();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    const furthestMs = await bob.page.evaluate(() => globalThis.furthestNudgeMs);
    assert.ok(furthestMs > 800, `no nudge from further than ${furthestMs} ms`);
  },
};

async function meetsAnn(venue, blockWebSockets) {
  const ann = await playing(venue);
  const network = await venue.network();
  await blockWebSockets(network);
  const bob = await venue.invite('Bob', { url: network.url });
  await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
  await bob.pause();
  await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
}

async function playing(venue) {
  const ann = await venue.invite('Ann');
  await ann.putOn(VIDEO);
  await ann.awaitVideo(VIDEO);
  await ann.play();
  await ann.awaitState(PLAYING);
  return ann;
}

/**
 * In the page: records the latency that it assumes, 20 times a second from the moment when it shows that it is
 * connected.
 */
function watchLatency() {
  globalThis.latencies = [];
  setInterval(() => {
    if (document.body.innerText.includes('Connected')) {
      globalThis.latencies.push(globalThis.watchparty.latency());
    }
  }, 50);
}

/** In the page: records the largest difference from which its player was nudged, ms. */
function watchNudges() {
  globalThis.furthestNudgeMs = 0;
  setInterval(() => {
    const player = globalThis.fakeYouTube?.players[0];
    if (player?.getPlayerState() === 1 && player.getPlaybackRate() !== 1) {
      const distanceMs = Math.abs(globalThis.watchparty.delta() ?? 0);
      globalThis.furthestNudgeMs = Math.max(globalThis.furthestNudgeMs, distanceMs);
    }
  }, 50);
}
