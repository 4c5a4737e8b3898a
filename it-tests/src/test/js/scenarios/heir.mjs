// A room whose host has gone for good.
import assert from 'node:assert/strict';
import { hostedRoom, roomSettings } from '../hosted-room.mjs';

export const server = { 'watchparty.rooms.host-absence': '1 ms' };

/** The server checks every ten seconds, and counts an absence from its second check on. */
const PATIENCE = { timeout: 60_000 };

export const scenarios = {
  'the person who has been there longest becomes host, without a reload': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    const carol = await venue.invite('Carol', { room });
    await carol.awaitPeople('Ann', 'Bob', 'Carol');
    for (const { page } of [bob, carol]) {
      await page.evaluate(() => {
        globalThis.isFirstPage = true;
      });
    }

    await ann.page.close();

    await bob.page.getByText('You are a host now').first().waitFor(PATIENCE);
    await carol.awaitText('Bob is a host now');
    await bob.choose('Carol', 'Make host');
    await carol.awaitText('You are a host now');
    for (const { page } of [bob, carol]) {
      assert.equal(await page.evaluate(() => globalThis.isFirstPage), true);
    }

    const back = await venue.invite('Ann', { room, besides: ann });
    await roomSettings(back).waitFor();
  },
};
