// Rooms that belong to people: who somebody is, who may come in, and who steers.
import assert from 'node:assert/strict';
import { assertAccessible } from '../accessible.mjs';
import { eventually } from '../eventually.mjs';
import { awaitInStep, PAUSED, PLAYING } from '../guest.mjs';
import { changeSettings, hostedRoom, remove, roomSettings } from '../hosted-room.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const IN_STEP_S = 0.3;
/** The distance that the original's page accepts before it corrects itself. */
const ORIGINAL_TOLERANCE_S = 1;
/** For how long after its join the server takes nothing that an original page does for a command. */
const NEWCOMER_S = 5;

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

  'a reload needs no form and makes no noise, and a host stays host': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await ann.putOn(VIDEO);
    await bob.awaitVideo(VIDEO);
    await ann.putOn(`https://youtu.be/${VIDEO}?t=200`);
    await bob.awaitNear(200);
    await ann.play();
    await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
    const colours = await coloursOfPeople(ann);

    for (const [one, other] of [
      [bob, ann],
      [ann, bob],
    ]) {
      const told = await other.activity();
      await one.reload();
      await awaitInStep([ann, bob], PLAYING, IN_STEP_S);
      await one.awaitNear(200, 60);
      await other.awaitPeople('Ann', 'Bob');
      assert.deepEqual(await other.activity(), told);
      assert.deepEqual(await coloursOfPeople(one), colours, `${one.name} sees other colours`);
    }

    await roomSettings(ann).waitFor();
  },

  'Escape closes the options of a person as soon as they are open': async venue => {
    const { ann, room } = await hostedRoom(venue);
    await venue.invite('Bob', { room });
    const button = ann.page.getByRole('button', { name: 'Options for' });

    await button.click();
    await ann.page.getByRole('group', { name: 'Options for' }).waitFor();
    await ann.page.keyboard.press('Escape');

    await ann.page.getByRole('group', { name: 'Options for' }).waitFor({ state: 'hidden' });
    assert.equal(await button.evaluate(element => element === document.activeElement), true);
  },

  'a second tab welcomes its own person, and names the others only': async venue => {
    const { ann, room } = await hostedRoom(venue);
    await venue.invite('Bob', { room });
    const carol = await venue.open('Carol', { room });
    await carol.awaitText('You are invited');
    await carol.awaitText(/Ann.* and .*Bob.* are here/);

    const tab = await venue.open('Ann', { room, besides: ann });

    await tab.awaitText('Come on in');
    await tab.awaitText(/^.?Bob.? is here$/);
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

    await remove(ann, 'Bob');

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

  'while only hosts steer, an original page is set right and stays connected': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const otto = await venue.inviteOriginal('Otto', { url: `${venue.url}/?room=${room}` });
    await ann.putOn(VIDEO);
    await otto.awaitLook('has a player', look => look.playerReady);
    await ann.play();
    await otto.awaitLook('counts as a newcomer no longer', look => look.seconds > NEWCOMER_S);
    await otto.pause();
    await ann.awaitState(PAUSED);
    await ann.play();
    await awaitInStep([ann, otto], PLAYING, ORIGINAL_TOLERANCE_S);
    await changeSettings(ann, dialog => dialog.getByLabel('Only hosts').check());
    const { socketId } = await otto.look();
    const before = await ann.activity();

    await otto.pause();
    await otto.awaitLook('has asked for a pause', ({ sent }) => sent.at(-1).event === 'session:pause');
    await awaitInStep([ann, otto], PLAYING, ORIGINAL_TOLERANCE_S);
    await otto.drag(400);
    await otto.awaitLook('is back at the room', look => look.state === PLAYING && look.seconds < 200);
    await awaitInStep([ann, otto], PLAYING, ORIGINAL_TOLERANCE_S);

    const look = await otto.look();
    assert.deepEqual([look.connected, look.socketId], [true, socketId]);
    assert.deepEqual(await ann.activity(), before);
    await ann.pause();
    await awaitInStep([ann, otto], PAUSED, ORIGINAL_TOLERANCE_S);
  },

  'a host hands the room over, and gets the role back': async venue => {
    const { ann, room } = await hostedRoom(venue);
    const bob = await venue.invite('Bob', { room });
    await bob.awaitPeople('Ann', 'Bob');

    await ann.choose('Bob', 'Make host');
    await bob.awaitText('You are a host now');
    assert.equal(await bob.page.getByRole('button', { name: 'Options for' }).count(), 0);
    await ann.choose('Ann', 'Become a guest');
    await bob.awaitText('Ann is a guest now');
    await roomSettings(ann).waitFor({ state: 'hidden' });

    await bob.choose('Ann', 'Make host');
    await ann.awaitText('You are a host now');
    await changeSettings(ann, dialog => dialog.getByLabel('Lock the room').check());
    await bob.awaitText('Ann locked the room');
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

    await roomSettings(ann).click();
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
    await remove(ann, 'Bob');
    await bob.awaitText('You were removed from this room');
    await assertAccessible(bob.page, 'a person who was removed');
  },
};

/** The colours by the names, as a person sees them in the list. */
function coloursOfPeople(guest) {
  return guest
    .peopleList()
    .getByRole('listitem')
    .evaluateAll(lines =>
      Object.fromEntries(
        lines.map(line => [
          line.querySelector('bdi').textContent,
          line.querySelector('[style]').style.background,
        ]),
      ),
    );
}
