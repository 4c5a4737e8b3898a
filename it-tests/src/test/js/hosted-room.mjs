// A room that belongs to people, and what its hosts do with it.
import assert from 'node:assert/strict';

/** A room that Ann has created, with her in it. */
export async function hostedRoom(venue) {
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
  await roomSettings(ann).waitFor();
  return { ann, room };
}

/** In the page: keeps who the browser is, as the start page does for a room that it has created. */
function keepIdentity(identity) {
  if (localStorage.getItem('watchparty.identities') === null) {
    localStorage.setItem('watchparty.identities', JSON.stringify([identity]));
  }
}

/** The button that only a host has. */
export function roomSettings(guest) {
  return guest.page.getByRole('button', { name: 'Room settings' });
}

/** Opens the settings of the room, changes them, and closes them again when the room has answered. */
export async function changeSettings(host, change) {
  await roomSettings(host).click();
  const dialog = host.page.getByRole('dialog', { name: 'Room settings' });
  await change(dialog);
  await dialog.getByText('Done.').waitFor();
  await host.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Removes a person, and confirms it. */
export async function remove(host, name) {
  await host.choose(name, 'Remove');
  await host.page.getByRole('dialog', { name: 'Remove' }).getByRole('button', { name: 'Remove' }).click();
}
