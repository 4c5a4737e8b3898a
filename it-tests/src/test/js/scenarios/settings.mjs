// The settings of a person: the name, the theme, motion and sounds. The language has scenarios of its own.
import assert from 'node:assert/strict';
import { eventually } from '../eventually.mjs';

const ROOM = { room: 'film-night' };

export const scenarios = {
  'a person takes another name in the room': async venue => {
    const [bob, ann] = [await venue.invite('Bob', ROOM), await venue.invite('Ann', ROOM)];
    await ann.inDialog('Settings', async dialog => {
      const field = dialog.getByLabel('Your name');
      assert.equal(await field.inputValue(), 'Ann');
      await field.fill('');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('alert').getByText('any name will do').waitFor();
      await field.fill('Anna');
      await field.press('Enter');
      await dialog.getByText('Saved').waitFor();
    });
    await bob.awaitPeople('Anna', 'Bob');
    await ann.awaitPeople('Anna', 'Bob');

    await ann.reload();
    await ann.awaitPeople('Anna', 'Bob');
  },

  'there is nobody to rename before one has joined': async venue => {
    const ann = await venue.open('Ann', ROOM);
    await ann.inDialog('Settings', async dialog => {
      assert.equal(await dialog.getByLabel('Your name').count(), 0);
    });
  },

  'the arrow keys choose a theme, which follows the system again when asked to': async venue => {
    const ann = await venue.open('Ann', { ...ROOM, browser: { colorScheme: 'dark' } });
    const { page } = ann;
    const scheme = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'system');
    await ann.inDialog('Settings', async dialog => {
      await dialog.getByRole('radio', { name: 'System' }).first().focus();
      await page.keyboard.press('ArrowRight');
      await eventually('the page is light', scheme, seen => seen === 'light');
    });
    await page.reload();
    await eventually('the page is light again', scheme, seen => seen === 'light');
    await ann.inDialog('Settings', async dialog => {
      assert.ok(await dialog.getByRole('radio', { name: 'Light' }).isChecked());
      await dialog.getByRole('radio', { name: 'Light' }).focus();
      await page.keyboard.press('ArrowLeft');
      await eventually('the page follows the system', scheme, seen => seen === 'system');
    });
  },

  'motion stops when a person wants it to, and stays so': async venue => {
    const ann = await venue.open('Ann', ROOM);
    const transition = () =>
      ann.page
        .getByRole('button', { name: 'Join the party' })
        .evaluate(element => getComputedStyle(element).transitionProperty);
    assert.notEqual(await transition(), 'none');
    await ann.inDialog('Settings', dialog => dialog.getByText('Reduced').click());
    assert.equal(await transition(), 'none');
    await ann.page.reload();
    assert.equal(await transition(), 'none');
  },

  'a chime tells of a newcomer, only to those who want sounds': async venue => {
    const ann = await venue.invite('Ann', { ...ROOM, prepare: countTones });
    const tones = () => ann.page.evaluate(() => globalThis.tones);
    await venue.invite('Bob', ROOM);
    await ann.awaitPeople('Ann', 'Bob');
    assert.equal(await tones(), 0);

    await ann.inDialog('Settings', async dialog => {
      await dialog.getByLabel('Sounds').check();
      assert.equal(await tones(), 2, 'the person hears what was chosen');
    });
    const carol = await venue.invite('Carol', ROOM);
    await eventually('a chime', tones, seen => seen === 4);
    await carol.page.close();
    await ann.awaitPeople('Ann', 'Bob');
    assert.equal(await tones(), 4, 'nothing is heard when somebody leaves');

    await ann.reload();
    await venue.invite('Dave', ROOM);
    await eventually('a chime after a reload', tones, seen => seen === 2);
  },
};

function countTones(page) {
  return page.addInitScript(() => {
    globalThis.tones = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...parameters) {
      globalThis.tones++;
      return start.apply(this, parameters);
    };
  });
}
