// The page's seek bar, used by a person with a mouse.

const NAME = 'Position in the video';
const DRAG_STEPS = 6;
const TRIES = 4;

export class ScrubBar {
  #page;

  constructor(page) {
    this.#page = page;
  }

  get locator() {
    return this.#page.getByLabel(NAME);
  }

  /**
   * Its state: the positions of the handle, of the end of the coloured part and of the text beside it, s; the player's
   * position at that moment, s; and whether the bar is disabled.
   */
  look() {
    return this.locator.evaluate(bar => {
      const [shown] = bar.parentElement.innerText.split('/');
      const words = shown
        .trim()
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0);
      const max = Number(bar.max);
      return {
        value: bar.valueAsNumber,
        filled: (Number.parseFloat(bar.style.getPropertyValue('--fill')) / 100) * max,
        words,
        max,
        player: globalThis.fakeYouTube?.players[0]?.getCurrentTime() ?? null,
        disabled: bar.getAttribute('aria-disabled') === 'true',
      };
    });
  }

  async click(seconds) {
    const { x, y } = await this.#pointAt(seconds);
    await this.#page.mouse.click(x, y);
  }

  /** Taps with a finger; the page's screen must support touch. */
  async tap(seconds) {
    const { x, y } = await this.#pointAt(seconds);
    await this.#page.touchscreen.tap(x, y);
  }

  /** Presses the button at one position and moves to another, without releasing it. */
  async hold(fromSeconds, toSeconds) {
    const { x, y } = await this.#pointAt(fromSeconds);
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.down();
    await this.moveTo(toSeconds);
  }

  async moveTo(seconds) {
    const { x, y } = await this.#pointAt(seconds);
    await this.#page.mouse.move(x, y, { steps: DRAG_STEPS });
  }

  async letGo() {
    await this.#page.mouse.up();
  }

  async drag(fromSeconds, toSeconds) {
    await this.hold(fromSeconds, toSeconds);
    await this.letGo();
  }

  /** Drags the handle as near to a position as a pixel allows, and releases it. */
  async dragExactly(seconds) {
    await this.hold(seconds, seconds);
    let { x, y } = await this.#pointAt(seconds);
    const { width } = await this.locator.boundingBox();
    for (let i = 0; i < TRIES; i++) {
      const { value, max } = await this.look();
      const pixels = ((seconds - value) / max) * width;
      if (Math.abs(pixels) <= 0.5) {
        break;
      }
      x += pixels;
      await this.#page.mouse.move(x, y);
    }
    await this.letGo();
  }

  /** Approximates a position: the width of the handle differs between browsers. */
  async #pointAt(seconds) {
    await this.locator.scrollIntoViewIfNeeded();
    const box = await this.locator.boundingBox();
    const { max } = await this.look();
    const handle = box.height * 0.67;
    return {
      x: box.x + handle / 2 + (seconds / max) * (box.width - handle),
      y: box.y + box.height / 2,
    };
  }
}
