// Rooms that belong to people: who somebody is, who may come in, and who steers.
import assert from 'node:assert/strict';
import { assertAccessible } from '../accessible.mjs';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const IN_STEP_S = 0.3;

export const scenarios = {
  'two tabs are one person, and nobody hears of the second': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    const tab = await venue.invite('Ann', { room, besides: ann });

    await tab.awaitPeople('Ann', 'Bob');
    await tab.page.close();
    await ann.choose('Ann', 'Rename');
    await ann.page.getByRole('textbox', { name: 'Your name' }).fill('Annie');
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();

    await bob.awaitPeople('Annie', 'Bob');
    assert.deepEqual(await bob.activity(), ['Ann is now called Annie']);
  },

  'a reload needs no form and makes no noise': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    const before = await ann.activity();

    await bob.reload();

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await ann.awaitPeople('Ann', 'Bob');
    assert.deepEqual(await ann.activity(), before);
  },

  'people of the same name are told apart': async venue => {
    const { ann, room } = await hostedRoom(venue);
    await venue.invite('Ann', { room });

    await ann.awaitPeople('Ann', 'Ann (2)');
  },

  'a locked room lets in nobody new until a host unlocks it': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await changeSettings(ann, dialog => dialog.getByLabel('Lock the room').check());
    await bob.awaitText('The room is locked.');

    const carol = await venue.open('Carol', { room });
    await carol.awaitText('The host has locked this room');
    await carol.page.getByRole('button', { name: 'Try again' }).click();
    await carol.awaitText('The host has locked this room');
    await changeSettings(ann, dialog => dialog.getByLabel('Lock the room').uncheck());
    await carol.page.getByRole('button', { name: 'Try again' }).click();
    await carol.join();

    await ann.awaitPeople('Ann', 'Bob', 'Carol');
    await bob.awaitText('Ann unlocked the room');
  },

  'a room with a password asks newcomers for it': async venue => {
    const { ann, room } = await hostedRoom(venue);
    await changeSettings(ann, async dialog => {
      await dialog.getByLabel('Password', { exact: true }).fill('open sesame');
      await dialog.getByRole('button', { name: 'Set password' }).click();
    });

    const bob = await venue.open('Bob', { room });
    const password = bob.page.getByLabel('Password', { exact: true });
    await password.fill('let me in');
    await password.press('Enter');
    await bob.page.getByRole('alert').getByText('That is not the password.').waitFor();
    await bob.page.getByLabel('Show the password').check();
    assert.equal(await password.getAttribute('type'), 'text');
    await password.fill('open sesame');
    await bob.page.getByRole('button', { name: 'Come in' }).click();
    await bob.join();

    await ann.awaitPeople('Ann', 'Bob');
  },

  'a person who is removed stays out, and the others go on': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await ann.awaitPeople('Ann', 'Bob');

    await ann.choose('Bob', 'Remove');
    await ann.page.getByRole('dialog', { name: 'Remove' }).getByRole('button', { name: 'Remove' }).click();

    await bob.awaitText('You were removed from this room');
    await ann.awaitPeople('Ann');
    await bob.page.reload();
    await bob.awaitText('You were removed from this room');
    await bob.page.getByRole('button', { name: 'Start another party' }).click();
    await bob.page.getByLabel('link or room name').waitFor();
  },

  'while only hosts steer, a guest changes nothing and learns why': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    await changeSettings(ann, dialog => dialog.getByLabel('Only hosts').check());
    await bob.awaitText('Only the host controls the video.');
    const before = await ann.activity();

    const pause = bob.page.getByRole('button', { name: 'Pause', exact: true });
    assert.equal(await pause.getAttribute('aria-disabled'), 'true');
    await pause.click({ force: true });
    await bob.page.getByRole('alert').getByText('Only the host controls the video.').waitFor();
    await bob.page.keyboard.press('k');
    await bob.atPlayer('userPause');
    await bob.awaitState(PLAYING);

    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    assert.deepEqual(await ann.activity(), before);
    await ann.pause();
    await awaitInStep([ann, bob], PAUSED, IN_STEP_S);
  },

  'a host hands the room over': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await bob.awaitPeople('Ann', 'Bob');

    await ann.choose('Bob', 'Make host');
    await bob.awaitText('You are a host now');
    assert.equal(await bob.page.getByRole('button', { name: 'Options for' }).count(), 0);
    await ann.choose('Ann', 'Become a guest');

    await bob.awaitText('Ann is a guest now');
    await ann.page.getByRole('button', { name: 'Room settings' }).waitFor({ state: 'hidden' });
    await ann.choose('Ann', 'Leave');
    await ann.page.getByLabel('link or room name').waitFor();
    await bob.awaitPeople('Bob');
  },

  'a title names the room for everyone': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });

    await changeSettings(ann, async dialog => {
      await dialog.getByLabel('Title of the room').fill('Film night');
      await dialog.getByRole('button', { name: 'Set title' }).click();
    });

    await bob.awaitText('Film night');
    await eventually(
      'the tab shows the title',
      () => bob.page.title(),
      title => title === 'Film night · Watch Party',
    );
  },

  'a host closes the room for everyone': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });

    await ann.page.getByRole('button', { name: 'Room settings' }).click();
    await ann.page.getByRole('button', { name: 'Close the room' }).click();
    await ann.page
      .getByRole('dialog', { name: 'Close the room for everyone?' })
      .getByRole('button', { name: 'Close the room' })
      .click();

    await bob.awaitText('This room is closed');
    await ann.awaitText('This room is closed');
  },

  'axe finds nothing in a room with hosts': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.page.getByRole('button', { name: 'Options for' }).click();
    await assertAccessible(ann.page, 'the options of a person');
    await ann.page.getByRole('button', { name: 'Remove' }).click();
    await assertAccessible(ann.page, 'a question before a person is removed');
    await ann.page.keyboard.press('Escape');
    await changeSettings(ann, async dialog => {
      await dialog.getByLabel('Only hosts').check();
      await dialog.getByLabel('Lock the room').check();
      await dialog.getByText('Done.').waitFor();
      await assertAccessible(ann.page, 'the settings of a room');
    });
    await bob.awaitText('The room is locked.');
    await assertAccessible(bob.page, 'the room of a guest');

    const carol = await venue.open('Carol', { room });
    await carol.awaitText('The host has locked this room');
    await assertAccessible(carol.page, 'a locked room');
    await changeSettings(ann, async dialog => {
      await dialog.getByLabel('Lock the room').uncheck();
      await dialog.getByLabel('Password', { exact: true }).fill('open sesame');
      await dialog.getByRole('button', { name: 'Set password' }).click();
      await dialog.getByText('Newcomers need the password.').waitFor();
    });
    const dave = await venue.open('Dave', { room });
    await dave.page.getByRole('button', { name: 'Come in' }).click();
    await dave.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    await assertAccessible(dave.page, 'a room with a password');
    await ann.choose('Bob', 'Remove');
    await ann.page.getByRole('dialog', { name: 'Remove' }).getByRole('button', { name: 'Remove' }).click();
    await bob.awaitText('You were removed from this room');
    await assertAccessible(bob.page, 'a person who was removed');
  },
};

/** A room that Ann has created, with her in it. */
async function hostedRoom(venue) {
  const answer = await fetch(`${venue.url}/api/rooms`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  assert.equal(answer.status, 201);
  const { room, participantId, token, expiresAt } = await answer.json();
  const identity = { room, participantId, token, expiresAt };
  const ann = await venue.invite('Ann', {
    room,
    prepare: page => page.addInitScript(keepIdentity, identity),
  });
  await ann.page.getByRole('button', { name: 'Room settings' }).waitFor();
  return { ann, room };
}

/** In the page: keeps who the browser is, as the start page does for a room that it has created. */
function keepIdentity(identity) {
  if (localStorage.getItem('watchparty.identities') === null) {
    localStorage.setItem('watchparty.identities', JSON.stringify([identity]));
  }
}

/** Opens the settings of the room, changes them, and closes them again when the room has answered. */
async function changeSettings(host, change) {
  await host.page.getByRole('button', { name: 'Room settings' }).click();
  const dialog = host.page.getByRole('dialog', { name: 'Room settings' });
  await change(dialog);
  await dialog.getByText('Done.').waitFor();
  await host.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}
