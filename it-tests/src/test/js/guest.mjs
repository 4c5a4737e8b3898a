// A person at the page: finds elements by their names, and reads the player itself.
import { eventually, sleep } from './eventually.mjs';
import { ScrubBar } from './scrub-bar.mjs';

/**
 * The page distinguishes a person's action at the player from an echo by time, so people wait this long between
 * actions.
 */
const PACE_MS = 1000;

const YOUTUBE = 'https://www.youtube.com/**';

export class Guest {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.bar = new ScrubBar(page);
    /** The texts of the dialogs that the page opened. */
    this.dialogs = [];
    page.on('dialog', dialog => {
      this.dialogs.push(dialog.message());
      dialog.dismiss().catch(() => {});
    });
  }

  /** The answer that the server gives from now on, when a page asks about it. */
  async pretendServer(info) {
    await this.page.route('**/api/server', route => route.fulfill({ json: info }));
  }

  /** The name of the room in the page's address. */
  room() {
    const { pathname, searchParams } = new URL(this.page.url());
    const segment = /\/r\/([^/]+)$/.exec(pathname)?.[1];
    return segment === undefined ? searchParams.get('room') : decodeURIComponent(segment);
  }

  /** Opens the settings or the invitation, does something there, and closes it. */
  async inDialog(opener, act) {
    await this.page.getByRole('button', { name: opener, exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.waitFor();
    await act(dialog);
    await this.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Creates a private room and enters it. */
  async startParty() {
    await this.#type('Your name', this.name);
    await this.page.getByRole('button', { name: 'Start a party' }).click();
    await this.page.getByRole('region', { name: 'Video' }).waitFor();
  }

  async join() {
    await this.#type('Your name', this.name);
    await this.page.getByRole('button', { name: 'Join the party' }).click();
    await this.awaitRoom();
  }

  async awaitRoom() {
    await this.page.getByRole('region', { name: 'Video' }).waitFor();
  }

  /** Loads the page again, which comes back into the room by itself. */
  async reload() {
    await this.page.reload();
    await this.awaitRoom();
  }

  /** Opens the options of a person in the list, or one's own, and chooses one. */
  async choose(name, option) {
    const options = name === this.name ? 'Your options' : `Options for \u2068${name}\u2069`;
    await this.page.getByRole('button', { name: options }).click();
    await this.page.getByRole('group', { name: options }).getByRole('button', { name: option }).click();
  }

  /** The activity of the room, as the page tells it, the newest first. */
  activity() {
    return this.page.getByRole('list', { name: 'What happened' }).getByRole('listitem').allInnerTexts();
  }

  /** Sets a video, and confirms if the page asks whether to replace the one that plays. */
  async putOn(text) {
    await this.askToPutOn(text);
    if (await this.page.getByRole('dialog').isVisible()) {
      await this.page.getByRole('button', { name: 'Replace it' }).click();
    }
  }

  async askToPutOn(text) {
    await this.#type('YouTube link or video ID', text);
    await this.page.getByRole('button', { name: 'Put it on' }).click();
  }

  async play() {
    await this.page.getByRole('button', { name: 'Play', exact: true }).click();
  }

  async pause() {
    await this.page.getByRole('button', { name: 'Pause', exact: true }).click();
  }

  /** Drags the handle of the page's own bar with the mouse, as near as a pixel allows. */
  async seekTo(seconds) {
    await this.bar.dragExactly(seconds);
  }

  /** Acts at the player itself, by its userPlay, userPause, userSeek, userDrag or stall. */
  async atPlayer(method, ...parameters) {
    await sleep(PACE_MS);
    await this.page.evaluate(
      ([name, list]) => globalThis.fakeYouTube.players[0][name](...list),
      [method, parameters],
    );
  }

  /** Changes settings of the fake YouTube, for this player and for a script that is loaded again. */
  async setYouTube(changes) {
    await this.page.evaluate(settings => {
      Object.assign(globalThis.fakeYouTubeSettings, settings);
      Object.assign(globalThis.fakeYouTube?.settings ?? {}, settings);
    }, changes);
  }

  async blockYouTube() {
    await this.page.route(YOUTUBE, route => route.abort());
  }

  async unblockYouTube() {
    await this.page.unroute(YOUTUBE);
  }

  /** The list of the people in the room. */
  peopleList() {
    return this.page.getByRole('list', { name: 'In the room' });
  }

  /** Waits until the list of people holds exactly these names. */
  async awaitPeople(...names) {
    const list = this.peopleList().getByRole('listitem');
    await eventually(
      `${this.name} sees ${names}`,
      async () =>
        (await list.allInnerTexts()).map(text => text.split('\n').find(line => names.includes(line)) ?? text),
      seen => JSON.stringify(seen.toSorted()) === JSON.stringify(names.toSorted()),
    );
  }

  /** Waits until the page reports this as the last action. */
  async awaitLastAction(text) {
    await eventually(
      `${this.name} sees '${text}'`,
      () => this.page.getByTestId('last-action').innerText(),
      seen => seen.includes(text),
    );
  }

  /** The state of the player itself, whatever the page reports. */
  look() {
    return this.page.evaluate(() => {
      const player = globalThis.fakeYouTube?.players[0];
      return {
        state: player?.getPlayerState() ?? null,
        videoId: player?.getVideoData().video_id ?? null,
        rate: player?.getPlaybackRate() ?? null,
        seconds: player?.getCurrentTime() ?? null,
        atMs: performance.timeOrigin + performance.now(),
      };
    });
  }

  awaitLook(what, isSatisfied) {
    return eventually(`${this.name}: ${what}`, () => this.look(), isSatisfied);
  }

  awaitState(state) {
    return this.awaitLook(`player in state ${state}`, look => look.state === state);
  }

  awaitVideo(videoId) {
    return this.awaitLook(`shows ${videoId}`, look => look.videoId === videoId);
  }

  awaitNear(seconds, tolerance = 5) {
    return this.awaitLook(
      `is near ${seconds} s`,
      look => look.seconds >= seconds - 1 && look.seconds < seconds + tolerance,
    );
  }

  async awaitText(text) {
    await this.page.getByText(text).first().waitFor();
  }

  /** Types with a real mouse and keyboard, replacing the field's content. */
  async #type(label, text) {
    await this.page.getByLabel(label).click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }
}

export const PLAYING = 1;
export const PAUSED = 2;
export const ENDED = 0;

/**
 * The distance between two looks, s: by position if the players are paused, and by the moment at which they were at 0
 * if they play.
 */
export function differenceSeconds(a, b) {
  const apart = a.seconds - b.seconds;
  return a.state === PLAYING && b.state === PLAYING ? apart - (a.atMs - b.atMs) / 1000 : apart;
}

export async function awaitInStep(guests, state, toleranceSeconds) {
  return eventually(
    `all in state ${state} within ${toleranceSeconds} s`,
    () => Promise.all(guests.map(guest => guest.look())),
    looks =>
      looks.every(look => look.state === state) &&
      looks.every(look => Math.abs(differenceSeconds(look, looks[0])) <= toleranceSeconds),
  );
}
