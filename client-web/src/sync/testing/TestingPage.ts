import { Credentials, type IdentityKeeper } from '../credentials';
import { Session } from '../session';
import type { TestingClock } from './TestingClock';
import { TestingKeeper } from './TestingKeeper';
import { TestingPlayer } from './TestingPlayer';
import type { TestingServer, TestingSocket } from './TestingServer';

interface Options {
  readonly clock: TestingClock;
  readonly server: TestingServer;
  readonly username?: string;
  /** Of the browser: pages with the same one are tabs of one person. */
  readonly keeper?: IdentityKeeper;
  readonly delayMs?: () => number;
  readonly player?: Partial<ConstructorParameters<typeof TestingPlayer>[0]>;
}

/** A page without its view: a session that has joined, and a player that is ready. */
export class TestingPage {
  readonly session: Session;
  readonly socket: TestingSocket;
  readonly player: TestingPlayer;
  hidden = false;
  networkUp = true;

  constructor({
    clock,
    server,
    username = 'Alice',
    keeper = new TestingKeeper(),
    delayMs,
    player = {},
  }: Options) {
    const credentials = new Credentials(keeper);
    this.socket = server.socket(delayMs, credentials.shown);
    this.player = new TestingPlayer({ clock, ...player });
    this.session = new Session({
      socket: this.socket.port,
      credentials,
      clock,
      isHidden: () => this.hidden,
      isNetworkUp: () => this.networkUp,
      random: () => 0.5,
    });
    this.session.start();
    this.session.join(username);
    clock.advance(500);
    this.player.onChange = () => this.session.playback.playerChanged();
    this.session.playback.attach(this.player, this.session.playback.view.get().videoId);
    clock.advance(500);
  }

  get playback() {
    return this.session.playback;
  }

  setHidden(hidden: boolean): void {
    this.hidden = hidden;
    this.session.visibilityChanged();
  }
}
