// A room with more people than one page of the list holds.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { hostedRoom, remove, roomSettings } from '../hosted-room.mjs';

/** Our page is told this many people, and asks for more in pages. */
const TOLD = 200;
const PER_PAGE = 50;

export const scenarios = {
  'a host finds a person among hundreds, and makes that person host or sends the person away':
    async venue => {
      const { ann, room } = await hostedRoom(venue);
      const people = namesOf(TOLD + 10);
      await venue.fill(room, people);
      const bob = await venue.invite('Bob', { room });
      const carol = await venue.invite('Carol', { room });
      const all = people.length + 3;
      for (const guest of [ann, bob, carol]) await awaitCount(guest, all);

      await search(ann, 'bob');
      await ann.awaitPeople('Bob');
      await ann.choose('Bob', 'Make host');
      await bob.awaitText('You are a host now');
      await roomSettings(bob).waitFor();
      await search(ann, 'carol');
      await ann.awaitPeople('Carol');
      await remove(ann, 'Carol');

      await carol.awaitText('You were removed from this room');
      await ann.awaitText('Nobody here has a name like that.');
      await search(ann, '');
      await ann.awaitText(`1 to ${PER_PAGE} of ${all - 1}`);
      for (const guest of [ann, bob]) await awaitCount(guest, all - 1);
    },

  'a list in pages shows each person once, and a search looks through all of them': async venue => {
    const people = namesOf(TOLD + 10);
    await venue.fill('film-night', people);
    const ann = await venue.invite('Ann', { room: 'film-night' });
    const all = people.length + 1;
    await awaitCount(ann, all);

    const next = ann.page.getByRole('button', { name: 'Next people' });
    const seen = [];
    for (let from = 1; from <= all; from += PER_PAGE) {
      if (from > 1) await next.click();
      const to = Math.min(from + PER_PAGE - 1, all);
      await ann.awaitText(`${from} to ${to} of ${all}`);
      const page = await eventually(
        `the page from ${from}`,
        () => listed(ann),
        names => names.length === to - from + 1 && !seen.includes(names[0]),
      );
      seen.push(...page);
    }
    assert.deepEqual(seen.toSorted(), ['Ann', ...people].toSorted());
    assert.equal(await next.getAttribute('aria-disabled'), 'true');

    await search(ann, 'guest 20');
    await ann.awaitPeople(...people.filter(name => name.startsWith('Guest 20')));
    await search(ann, 'nobody at all');
    await ann.awaitText('Nobody here has a name like that.');
    assert.deepEqual(await listed(ann), []);
    await awaitCount(ann, all);
  },
};

function namesOf(count) {
  return Array.from({ length: count }, (_, i) => `Guest ${String(i + 1).padStart(3, '0')}`);
}

async function search(guest, text) {
  await guest.page.getByRole('searchbox', { name: 'Find a person' }).fill(text);
}

async function awaitCount(guest, count) {
  const heading = guest.page.getByRole('heading', { name: 'In the room' });
  await eventually(
    `${guest.name} sees that ${count} are here`,
    () => heading.innerText(),
    text => text.endsWith(String(count)),
  );
}

function listed(guest) {
  return guest.peopleList().locator('bdi').allInnerTexts();
}
