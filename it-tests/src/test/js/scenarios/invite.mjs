// The invitation of others: the link, the system's share sheet and the code for a phone.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';
import { PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';

export const scenarios = {
  'the invitation has the room’s address, and leads others there': async venue => {
    const ann = await venue.invite('Ann', { room: 'film-night' });
    let link;
    await ann.inDialog('Invite', async dialog => {
      link = await dialog.getByLabel('Link for your friends').inputValue();
    });
    const bob = await venue.arrive('Bob', { path: link.slice(venue.url.length) });
    await bob.awaitText('You are invited');
    await bob.join();
    await ann.awaitPeople('Ann', 'Bob');
  },

  'the system’s share sheet is offered where there is one': async venue => {
    const without = await venue.invite('Bob', {
      room: 'film-night',
      prepare: page => page.addInitScript(() => delete Navigator.prototype.share),
    });
    await without.inDialog('Invite', async dialog => {
      assert.equal(await dialog.getByRole('button', { name: 'Share' }).count(), 0);
    });
    const ann = await venue.invite('Ann', {
      room: 'film-night',
      prepare: page =>
        page.addInitScript(() => {
          Navigator.prototype.share = async data => {
            globalThis.shared = data;
            throw new DOMException('closed', 'AbortError');
          };
        }),
    });
    await ann.inDialog('Invite', async dialog => {
      await dialog.getByRole('button', { name: 'Share' }).click();
      const { url } = await eventually('the link is shared', () => ann.page.evaluate(() => globalThis.shared));
      assert.equal(url, await dialog.getByLabel('Link for your friends').inputValue());
    });
  },

  'the code is dark on white in both themes, with a margin': async venue => {
    for (const colorScheme of ['light', 'dark']) {
      const ann = await venue.invite('Ann', { room: 'film-night', browser: { colorScheme } });
      await ann.inDialog('Invite', async dialog => {
        const code = dialog.getByRole('img', { name: 'QR code' });
        const [background, drawn, { x, width }, outer] = await code.evaluate(element => {
          const path = element.querySelector('path');
          const { baseVal } = element.viewBox;
          return [
            getComputedStyle(element).backgroundColor,
            getComputedStyle(path).fill,
            { x: path.getBBox().x, width: path.getBBox().width },
            { x: baseVal.x, width: baseVal.width },
          ];
        });
        assert.deepEqual([background, drawn], ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'], colorScheme);
        assert.equal(x - outer.x, 4);
        assert.equal(outer.width - width, 8);
      });
    }
  },

  'the keyboard opens and closes it, and the player keeps still': async venue => {
    const ann = await venue.invite('Ann');
    const { page } = ann;
    await ann.putOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    const invite = page.getByRole('button', { name: 'Invite' });
    const dialog = page.getByRole('dialog', { name: 'Invite your friends' });
    for (const round of ['first', 'second']) {
      await invite.press('Enter');
      await dialog.waitFor();
      assert.ok(await dialog.evaluate(element => element.contains(document.activeElement)), round);
      await page.keyboard.press('k');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      assert.ok(await invite.evaluate(element => element === document.activeElement), round);
    }
    assert.notEqual((await ann.look()).state, PLAYING);

    await invite.click();
    await dialog.waitFor();
    await page.mouse.move(640, 400);
    await page.mouse.down();
    await page.mouse.move(5, 5);
    await page.mouse.up();
    assert.ok(await dialog.isVisible(), 'a press that began in the dialog');
    await page.mouse.click(5, 5);
    await dialog.waitFor({ state: 'hidden' });
  },
};
