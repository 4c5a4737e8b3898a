// The place of a scenario: a server, a browser, and the guests' pages in it. Only loopback can be reached.
import { readFileSync } from 'node:fs';
import { Extras } from './extras.mjs';
import { Guest } from './guest.mjs';
import { Network } from './network.mjs';
import { OriginalGuest, OriginalSite } from './original-guest.mjs';

const FAKE_YOUTUBE = readFileSync(new URL('./fake-youtube.js', import.meta.url), 'utf8');
const IFRAME_API = 'https://www.youtube.com/iframe_api';

/** Firefox reports a connection that was lost or given up as an error of the page; Chromium reports it as a message. */
const LOST_CONNECTION = /^(Firefox can’t establish a connection|The connection to ws\S+ was interrupted)/;

export class Venue {
  #browser;
  #guests = [];
  #closeables = [];
  #log = [];
  #pageErrors = [];

  constructor(browser, url) {
    this.#browser = browser;
    this.url = url;
  }

  /**
   * A person with a separate browser profile, on the join screen.
   *
   * @param name the person's name
   * @param options room: its name, otherwise the open room; url: another address of the server; youtube: settings of
   *     the player; blocksYouTube: whether the network blocks YouTube; touch: whether the screen supports touch;
   *     browser: options of its profile, in Playwright's form; prepare: called with the page before it opens; besides: a
   *     guest whose profile is shared, as that of another tab
   */
  async open(
    name,
    {
      room,
      url = this.url,
      youtube = {},
      blocksYouTube = false,
      touch = false,
      browser = {},
      prepare = () => {},
      besides,
    } = {},
  ) {
    const context = besides?.page.context() ?? (await this.#newContext({ hasTouch: touch, ...browser }));
    const page = await this.#newPage(name, { seed: this.#guests.length + 1, ...youtube }, context);
    await prepare(page);
    const guest = new Guest(page, name);
    if (blocksYouTube) {
      await guest.blockYouTube();
    }
    this.#guests.push(guest);
    await page.goto(`${url}/${room ? `?room=${room}` : '?open'}`);
    return guest;
  }

  /** A person with a separate browser profile, where no room has been chosen yet; options as of open. */
  async arrive(name, { url = this.url, youtube = {}, path = '' } = {}) {
    const page = await this.#newPage(name, { seed: this.#guests.length + 1, ...youtube });
    const guest = new Guest(page, name);
    this.#guests.push(guest);
    await page.goto(`${url}${path}`);
    return guest;
  }

  /** A person who has joined. */
  async invite(name, options) {
    const guest = await this.open(name, options);
    await guest.join();
    return guest;
  }

  /** People who have joined, one after the other. */
  async inviteAll(...names) {
    const guests = [];
    for (const name of names) {
      guests.push(await this.invite(name));
    }
    return guests;
  }

  /**
   * A person at the original's page, which comes from another origin than the server. The person has not joined.
   *
   * @param options url: another address of the server; besides: the guest whose browser and site are shared
   */
  async openOriginal(name, { url = this.url, besides } = {}) {
    const site = besides?.site ?? (await this.#newSite());
    const page = await this.#newPage(name, { seed: this.#guests.length + 1 }, besides?.page.context());
    const guest = new OriginalGuest(page, name);
    this.#guests.push(guest);
    await guest.open(site, url);
    return guest;
  }

  async inviteOriginal(name, options) {
    const guest = await this.openOriginal(name, options);
    await guest.join();
    return guest;
  }

  /** Fills a room with people of these names, who have no page. */
  async fill(room, names) {
    this.#closeables.push(await Extras.join(this.url, room, names));
  }

  /** Another path to the server, which can fail. */
  async network() {
    const network = await Network.to(Number(new URL(this.url).port));
    this.#closeables.push(network);
    return network;
  }

  async assertNoPageErrors() {
    const unheard = await Promise.all(this.#guests.map(guest => guest.page.unheardErrors?.() ?? []));
    const errors = [...this.#pageErrors, ...unheard.flat()];
    if (errors.length > 0) {
      throw new Error(`pages had errors:\n${errors.join('\n')}`);
    }
  }

  pageLog() {
    return this.#log.slice(-50).join('\n');
  }

  async takeScreenshots(prefix) {
    const paths = this.#guests.map(guest => `${prefix} - ${guest.name}.png`.replaceAll(/[^\w ./-]/g, ''));
    await Promise.all(
      this.#guests.map((guest, i) => guest.page.screenshot({ path: paths[i] }).catch(() => {})),
    );
    return paths;
  }

  async close() {
    await Promise.all(this.#guests.map(guest => guest.page.context().close()));
    await Promise.all(this.#closeables.map(closeable => closeable.close()));
  }

  async #newSite() {
    const site = await OriginalSite.start();
    this.#closeables.push(site);
    return site;
  }

  async #newContext(options) {
    const context = await this.#browser.newContext(options);
    await context.route(
      address => address.hostname !== '127.0.0.1',
      route => {
        const isPlayer = route.request().url() === IFRAME_API;
        return isPlayer
          ? route.fulfill({ contentType: 'text/javascript', body: FAKE_YOUTUBE })
          : route.abort();
      },
    );
    return context;
  }

  async #newPage(name, youtube, known) {
    const context = known ?? (await this.#newContext());
    const page = await context.newPage();
    await page.addInitScript(settings => {
      globalThis.fakeYouTubeSettings = settings;
    }, youtube);
    page.setDefaultTimeout(30_000);
    page.on('console', message => {
      this.#log.push(`${name}: ${message.type()} ${message.text()}`);
      if (message.text().includes('Content Security Policy')) {
        this.#pageErrors.push(`${name}: ${message.text()}`);
      }
    });
    page.on('pageerror', error => {
      this.#log.push(`${name}: ${error.stack || error.message}`);
      if (!LOST_CONNECTION.test(error.message)) {
        this.#pageErrors.push(`${name}: ${error.message}`);
      }
    });
    return page;
  }
}
