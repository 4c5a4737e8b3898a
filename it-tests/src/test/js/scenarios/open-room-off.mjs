// A server whose operator wants every party to have a room of its own.
import assert from 'node:assert/strict';

export const server = { 'watchparty.rooms.default': 'off' };

export const scenarios = {
  'the start offers no open room, and a party starts as ever': async venue => {
    const ann = await venue.open('Ann', { room: 'film-night' });
    const told = ann.page.waitForResponse(response => response.url().endsWith('/api/server'));
    await ann.page.goto(venue.url);
    await (await told).finished();
    await ann.page.getByLabel('Your name').waitFor();
    assert.equal(await ann.page.getByRole('button', { name: 'Enter the open room' }).count(), 0);

    await ann.startParty();
    await ann.awaitPeople('Ann');
  },

  'an old link to the open room says that it is off, and leads on': async venue => {
    const ann = await venue.open('Ann');
    for (const path of ['?open', '?room=default', 'r/default']) {
      await ann.page.goto(`${venue.url}/${path}`);
      await ann.page.getByRole('heading', { name: 'There is no open room here' }).waitFor();
      await ann.awaitText('It is switched off on this server.');
      await ann.page.getByRole('button', { name: 'Go to the start page' }).click();
      await ann.page.getByRole('button', { name: 'Start a party' }).waitFor();
    }
  },
};
