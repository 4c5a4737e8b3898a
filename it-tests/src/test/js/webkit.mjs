// WebKitGTK, which Playwright cannot drive. It is behind the part of Playwright's interface that the scenarios use,
// driven by its own WebDriver, in windows on a virtual screen. Each person has a separate browser.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Builder, Key, Origin } from 'selenium-webdriver';
import { eventually } from './eventually.mjs';
import { OutsideWorld } from './outside-world.mjs';

const SCREEN = ['-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
const VIEWPORT = { width: 1280, height: 720 };
const MOVE_MS = 16;

/** The elements that have a role in our page. */
const CANDIDATES = {
  alert: '[role=alert]',
  dialog: 'dialog[open], [role=dialog]',
  button: 'button, [role=button]',
  list: 'ul, ol, [role=list]',
  listitem: 'li, [role=listitem]',
  region: 'section, [role=region]',
};

const KEYS = {
  Alt: Key.ALT,
  ArrowDown: Key.ARROW_DOWN,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  ControlOrMeta: Key.CONTROL,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Home: Key.HOME,
  PageDown: Key.PAGE_DOWN,
  PageUp: Key.PAGE_UP,
  Shift: Key.SHIFT,
  Space: Key.SPACE,
  Tab: Key.TAB,
};

/** The whole browser: as many people as there are contexts. */
export class WebKit {
  #driverPath;
  #screen;
  #display;
  #contexts = [];

  /** Starts the screen. */
  static async launch(driverPath, screenPath) {
    const webkit = new WebKit();
    webkit.#driverPath = driverPath;
    webkit.#screen = spawn(screenPath, ['-displayfd', '3', ...SCREEN], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const number = await new Promise((resolve, reject) => {
      webkit.#screen.stdio[3].once('data', resolve);
      webkit.#screen.once('exit', code => reject(new Error(`${screenPath} ended with ${code}`)));
    });
    webkit.#display = `:${String(number).trim()}`;
    return webkit;
  }

  async newContext({ viewport = VIEWPORT } = {}) {
    const context = await WebKitContext.start(this.#driverPath, this.#display, viewport);
    this.#contexts.push(context);
    return context;
  }

  isConnected() {
    return this.#screen.exitCode === null && this.#screen.signalCode === null;
  }

  async close() {
    await Promise.all(this.#contexts.map(context => context.close()));
    this.#screen.kill();
  }
}

/** One person's browser, with one page. */
class WebKitContext {
  #service;
  #driver;
  #world;
  #viewport;
  #isClosed = false;

  static async start(driverPath, display, viewport) {
    const context = new WebKitContext();
    context.#viewport = viewport;
    context.#world = await OutsideWorld.start();
    const port = await freePort();
    context.#service = spawn(driverPath, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, DISPLAY: display },
    });
    const url = `http://127.0.0.1:${port}`;
    await eventually(`${driverPath} answers`, () =>
      fetch(`${url}/status`).then(
        response => response.ok,
        () => false,
      ),
    );
    context.#driver = await new Builder()
      .usingServer(url)
      .withCapabilities({
        browserName: 'MiniBrowser',
        acceptInsecureCerts: true,
        'webkitgtk:browserOptions': {
          args: ['--automation', `--proxy=${context.#world.url}`, '--ignore-host=127.0.0.1'],
        },
      })
      .build();
    return context;
  }

  /** The browser is already isolated, except for the answers of {@link OutsideWorld}. */
  async route() {}

  async newPage() {
    const page = new WebKitPage(this, this.#driver, this.#world);
    await page.setViewportSize(this.#viewport);
    return page;
  }

  async close() {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    await this.#driver.quit().catch(() => {});
    this.#service.kill();
    this.#world.close();
  }
}

class WebKitPage {
  #context;
  #driver;
  #world;
  #all = new WebKitLocator(this, []);

  constructor(context, driver, world) {
    this.timeoutMs = 30_000;
    this.#context = context;
    this.#driver = driver;
    this.#world = world;
    this.mouse = new WebKitMouse(driver);
    this.keyboard = new WebKitKeyboard(driver);
  }

  context() {
    return this.#context;
  }

  /** WebDriver reports no events; see {@link unheardErrors}. */
  on() {}

  /** It is already in front in its own browser. */
  async bringToFront() {}

  setDefaultTimeout(timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** Runs before the player's script, but not before the page's. */
  async addInitScript(script, argument) {
    this.#world.addScript(`(${script})(${JSON.stringify(argument)});`);
  }

  async goto(url) {
    await this.#driver.get(url);
    await this.#hearErrors();
  }

  async reload() {
    await this.#driver.navigate().refresh();
    await this.#hearErrors();
  }

  async close() {
    await this.#driver.close();
  }

  async setViewportSize({ width, height }) {
    const [left, top] = await this.#driver.executeScript(
      'return [outerWidth - innerWidth, outerHeight - innerHeight]',
    );
    await this.#driver
      .manage()
      .window()
      .setRect({ x: 0, y: 0, width: width + left, height: height + top });
    await eventually(
      `a window of ${width} x ${height}`,
      () => this.#driver.executeScript('return [innerWidth, innerHeight]'),
      ([w, h]) => w === width && h === height,
    );
  }

  async screenshot({ path }) {
    await writeFile(path, await this.#driver.takeScreenshot(), 'base64');
  }

  async evaluate(script, argument) {
    return this.execute(`return (${script})(arguments[0])`, argument);
  }

  /** The body of a function; if it returns a promise, the promise is awaited. */
  execute(body, ...parameters) {
    return this.#driver.executeScript(body, ...parameters);
  }

  /** The page's uncaught errors since it was opened or reloaded. */
  async unheardErrors() {
    return this.#driver.executeScript('return globalThis.unheardErrors ?? []').catch(() => []);
  }

  getByLabel(name) {
    return this.#all.narrowed({ css: 'input, textarea, select, [aria-label], [aria-labelledby]', name });
  }

  getByRole(role, options) {
    return this.#all.getByRole(role, options);
  }

  getByTestId(id) {
    return this.#all.narrowed({ css: `[data-testid="${id}"]` });
  }

  getByText(text) {
    return this.#all.getByText(text);
  }

  #hearErrors() {
    return this.#driver.executeScript(() => {
      globalThis.unheardErrors = [];
      addEventListener('error', event => globalThis.unheardErrors.push(event.message));
      addEventListener('unhandledrejection', event => globalThis.unheardErrors.push(String(event.reason)));
      addEventListener('securitypolicyviolation', event =>
        globalThis.unheardErrors.push(
          `Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`,
        ),
      );
    });
  }
}

/**
 * Elements, which are looked up again each time. A question is answered within the page in one call, since each call
 * takes time.
 */
class WebKitLocator {
  #page;
  #steps;

  constructor(page, steps) {
    this.#page = page;
    this.#steps = steps;
  }

  getByRole(role, { name, exact } = {}) {
    const css = CANDIDATES[role];
    if (!css) {
      throw new Error(`role ${role}: not known in WebKit (expected: ${Object.keys(CANDIDATES)})`);
    }
    return this.narrowed({ css, name, exact, isVisible: true });
  }

  getByText(text) {
    return this.narrowed({ text });
  }

  first() {
    return this.narrowed({ isFirst: true });
  }

  narrowed(step) {
    return new WebKitLocator(this.#page, [...this.#steps, step]);
  }

  async waitFor({ state = 'visible' } = {}) {
    await eventually(
      `${this}: ${state}`,
      () => this.isVisible(),
      seen => seen === (state === 'visible'),
      this.#page.timeoutMs,
    );
  }

  async isVisible() {
    return this.#ofAll(elements => elements.some(element => element.checkVisibility()));
  }

  async click() {
    const { x, y } = await this.#awaitReachable();
    await this.#page.mouse.click(x, y);
  }

  async focus() {
    await this.evaluate(element => element.focus());
  }

  async innerText() {
    return this.evaluate(element => element.innerText);
  }

  async allInnerTexts() {
    return this.#ofAll(elements => elements.map(element => element.innerText));
  }

  async boundingBox() {
    return this.evaluate(element => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  async scrollIntoViewIfNeeded() {
    await this.evaluate(element => element.scrollIntoView({ block: 'nearest' }));
  }

  /** Asks the single matching element, as soon as there is one. */
  async evaluate(script, argument) {
    const { answer } = await eventually(
      `${this}: one element`,
      () =>
        this.#ofAll(
          `async (elements, argument) => ({
            found: elements.length,
            answer: elements.length === 1 ? await (${script})(elements[0], argument) : null,
          })`,
          argument,
        ),
      ({ found }) => found === 1,
      this.#page.timeoutMs,
    );
    return answer;
  }

  /**
   * The middle of the element. Like Playwright, it waits while the element moves, is disabled, or is covered by
   * another.
   */
  #awaitReachable() {
    return eventually(
      `${this}: stands still, on top`,
      () =>
        this.evaluate(async element => {
          const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
          element.scrollIntoView({ block: 'nearest' });
          const before = element.getBoundingClientRect();
          await frame();
          await frame();
          const after = element.getBoundingClientRect();
          const middle = { x: after.x + after.width / 2, y: after.y + after.height / 2 };
          const stands = after.x === before.x && after.y === before.y;
          const onTop = element.contains(document.elementFromPoint(middle.x, middle.y));
          const takesIt = !element.disabled && element.getAttribute('aria-disabled') !== 'true';
          return stands && onTop && takesIt ? middle : null;
        }),
      Boolean,
      this.#page.timeoutMs,
    );
  }

  #ofAll(script, argument) {
    return this.#page.execute(
      `const elements = (${findElements})(arguments[0]);
       return (${script})(elements, arguments[1]);`,
      this.#steps,
      argument,
    );
  }

  toString() {
    return JSON.stringify(this.#steps);
  }
}

/** Runs in the page. */
function findElements(steps) {
  const squeeze = text => text.replace(/\s+/g, ' ').trim();
  const nameOf = element => {
    const labels = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labelling = [...labels.map(id => document.getElementById(id)), ...(element.labels ?? [])];
    return squeeze(
      element.getAttribute('aria-label') ??
        (labelling.length > 0 ? labelling.map(label => label?.innerText).join(' ') : element.innerText),
    );
  };
  const fits = (text, wanted, exact) =>
    exact ? text === wanted : text.toLowerCase().includes(wanted.toLowerCase());
  const narrow = (roots, { css = '*', name, exact, text, isVisible, isFirst }) => {
    if (isFirst) {
      return roots.slice(0, 1);
    }
    const shows = element => fits(squeeze(element.textContent), text, false);
    return roots
      .flatMap(root => [...root.querySelectorAll(css)])
      .filter(element => name === undefined || fits(nameOf(element), name, exact))
      .filter(element => text === undefined || (shows(element) && ![...element.children].some(shows)))
      .filter(element => !isVisible || element.checkVisibility());
  };
  return steps.reduce(narrow, [document.body]);
}

class WebKitMouse {
  #driver;
  #at = { x: 0, y: 0 };

  constructor(driver) {
    this.#driver = driver;
  }

  async move(x, y, { steps = 1 } = {}) {
    const actions = this.#driver.actions();
    const from = this.#at;
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      actions.move({
        x: Math.round(from.x + (x - from.x) * share),
        y: Math.round(from.y + (y - from.y) * share),
        origin: Origin.VIEWPORT,
        duration: MOVE_MS,
      });
    }
    await actions.perform();
    this.#at = { x, y };
  }

  async down() {
    await this.#driver.actions().press().perform();
  }

  async up() {
    await this.#driver.actions().release().perform();
  }

  async click(x, y) {
    await this.move(x, y);
    await this.#driver.actions().press().release().perform();
  }
}

class WebKitKeyboard {
  #driver;

  constructor(driver) {
    this.#driver = driver;
  }

  /** A key, or several that are held together, such as ControlOrMeta+A. */
  async press(combination) {
    const keys = combination.split('+').map(toKey);
    const actions = this.#driver.actions();
    for (const key of keys) {
      actions.keyDown(key);
    }
    for (const key of keys.toReversed()) {
      actions.keyUp(key);
    }
    await actions.perform();
  }

  async type(text) {
    await this.#driver
      .actions()
      .sendKeys(...text)
      .perform();
  }
}

function toKey(name) {
  const key = KEYS[name] ?? name.toLowerCase();
  if ([...key].length !== 1) {
    throw new Error(`key ${name}: not known in WebKit (expected: a character, ${Object.keys(KEYS)})`);
  }
  return key;
}

async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}
