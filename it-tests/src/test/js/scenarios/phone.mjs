// A phone that is turned on its side, in a browser without full screen.
import { eventually } from '../eventually.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const ON_ITS_SIDE = { width: 844, height: 390 };

export const scenarios = {
  'F fills the window of a turned phone that has no full screen': async venue => {
    const ann = await venue.invite('Ann');
    const { page } = ann;
    await ann.putOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    await page.evaluate(() => {
      delete Element.prototype.requestFullscreen;
      Object.defineProperty(document, 'fullscreenEnabled', { value: undefined });
    });

    await page.setViewportSize(ON_ITS_SIDE);
    await eventually(
      'the picture is the largest thing, and nothing is cut',
      () => look(page),
      ({ share, cut }) => share >= 0.6 && cut.length === 0,
    );
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
    await eventually(
      'the picture fills the window, above the controls',
      () => look(page),
      ({ share, cut }) => share >= 0.8 && cut.length === 0,
    );
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Full screen', exact: true }).waitFor();
  },
};

/** The share of the window that the picture takes, and the buttons that are not completely inside the window. */
function look(page) {
  return page.evaluate(() => {
    const picture = document.querySelector('iframe').getBoundingClientRect();
    const cut = [...document.querySelectorAll('fieldset button')]
      .map(button => ({ name: button.ariaLabel, box: button.getBoundingClientRect() }))
      .filter(({ box }) => box.left < 0 || box.right > innerWidth || box.bottom > innerHeight)
      .map(({ name }) => name);
    return {
      share: (picture.width * picture.height) / (innerWidth * innerHeight),
      cut,
    };
  });
}
