// A person at the original's page in a real browser. The page comes from its own origin, connects to the server with
// the library's browser bundle, and behaves as modelled in original-page.mjs.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { eventually } from './eventually.mjs';

const BUNDLE = readFileSync(
  new URL('./node_modules/socket.io-client/dist/socket.io.min.js', import.meta.url),
  'utf8',
);
const PAGE_MODEL = readFileSync(new URL('./original-page.mjs', import.meta.url), 'utf8');
const LOSE_NETWORK = readFileSync(new URL('./lose-network.mjs', import.meta.url), 'utf8');
const HTML = `<!doctype html>
<title>The original's page</title>
<div id="player"></div>
<script src="https://www.youtube.com/iframe_api"></script>
<script src="/socket.io.min.js"></script>
<script type="module">
  import { OriginalPage } from "/original-page.mjs";
  const url = new URLSearchParams(location.search).get("server");
  globalThis.originalPage = new OriginalPage(io(url), (videoId, events) => new YT.Player("player", { videoId, events }));
</script>
`;
const FILES = {
  '/': ['text/html; charset=utf-8', HTML],
  '/socket.io.min.js': ['text/javascript', BUNDLE],
  '/original-page.mjs': ['text/javascript', PAGE_MODEL],
  '/lose-network.mjs': ['text/javascript', LOSE_NETWORK],
};

/** Actions of the browser, not of the page. */
const BROWSER_ACTS = ['reload', 'closeTab', 'goOffline', 'goOnline'];

/** The site of the page, which is not the server that the page connects to. */
export class OriginalSite {
  #server;

  static async start() {
    const site = new OriginalSite();
    site.#server = createServer((request, response) => {
      const [type, body] = FILES[new URL(request.url, 'http://site').pathname] ?? ['text/plain', ''];
      response.writeHead(200, { 'Content-Type': type }).end(body);
    });
    await new Promise(resolve => site.#server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export class OriginalGuest {
  /** The browser's requests on the network, in order: "GET", "POST", "OPTIONS" and "WebSocket". */
  requests = [];

  constructor(page, name) {
    this.page = page;
    this.name = name;
  }

  async open(site, serverUrl) {
    this.site = site;
    this.page.on('request', request => {
      if (request.url().startsWith(serverUrl)) {
        this.requests.push(request.method());
      }
    });
    this.page.on('websocket', () => this.requests.push('WebSocket'));
    await this.page.goto(`${site.url}/?server=${encodeURIComponent(serverUrl)}`);
    await this.awaitLook('is connected', look => look?.connected);
  }

  async join() {
    await this.#do('join', this.name);
    await this.awaitLook('is listed', look => look.users.includes(this.name));
  }

  async setVideo(videoId) {
    await this.#do('setVideo', videoId);
  }

  async play() {
    await this.#awaitCalm();
    await this.#do('userPlay');
  }

  async pause() {
    await this.#awaitCalm();
    await this.#do('userPause');
  }

  async drag(seconds) {
    await this.#awaitCalm();
    await this.#do('userDrag', seconds);
  }

  /** Reloads the page, which then shows its join screen. */
  async reload() {
    await this.page.reload();
    await this.awaitLook('is connected', look => look?.connected);
  }

  async closeTab() {
    await this.page.close();
  }

  /** Cuts the network of this browser, and notifies its pages. */
  async goOffline() {
    await this.page.context().setOffline(true);
  }

  async goOnline() {
    await this.page.context().setOffline(false);
  }

  /** Runs an action of this guest, or otherwise of its page. */
  async act(method, ...parameters) {
    return BROWSER_ACTS.includes(method) ? this[method]() : this.#do(method, ...parameters);
  }

  async look() {
    const look = await this.page.evaluate(() => globalThis.originalPage?.look());
    return look && { ...look, state: look.playerState, seconds: look.time, atMs: look.takenAtMs };
  }

  awaitLook(what, isSatisfied) {
    return eventually(`${this.name} at the original's page: ${what}`, () => this.look(), isSatisfied);
  }

  awaitState(state) {
    return this.awaitLook(`player in state ${state}`, look => look.state === state);
  }

  async #awaitCalm() {
    await this.awaitLook('has a calm player', look => look.playerReady && look.isCalm);
  }

  async #do(method, ...parameters) {
    return this.page.evaluate(([name, list]) => globalThis.originalPage[name](...list), [method, parameters]);
  }
}
