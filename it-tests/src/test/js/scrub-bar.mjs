// The page's line of time, as a person with a mouse handles it.

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
   * What it shows: the handle's place, the end of the coloured part and the words beside it, s; where the player is at that
   * moment, s; and whether it is off.
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

  /** With a finger; the page's screen has to feel them. */
  async tap(seconds) {
    const { x, y } = await this.#pointAt(seconds);
    await this.#page.touchscreen.tap(x, y);
  }

  /** Presses the button at one place and moves to another, and does not let go. */
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

  /** Drags the handle as near to a place as a pixel allows, and lets go. */
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

  /** About where a place is: each browser's handle has a width of its own. */
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
