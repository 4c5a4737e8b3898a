// Another path to a server. It is a TestingNetwork, which runs in the Java tests and obeys from here.
import { ask } from './commands.mjs';

export class Network {
  #port;

  constructor(port) {
    this.#port = port;
  }

  /** A path to the server on that port. */
  static async to(port) {
    return new Network(await ask({ op: 'open', argument: port }));
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Cuts all connections, and refuses new ones. */
  async down() {
    await this.#steer('down');
  }

  /** Accepts connections again. */
  async up() {
    await this.#steer('up');
  }

  /**
   * Like a phone that changes from one network to another: the clients' connections end, and the server receives
   * nothing.
   */
  async cutClientsOff() {
    await this.#steer('cutClientsOff');
  }

  /** Like a tunnel: connections stay, and nothing gets through until restore. */
  async silence() {
    await this.#steer('silence');
  }

  async restore() {
    await this.#steer('restore');
  }

  /** How long later bytes take, in each direction. */
  async delay(ms) {
    await this.#steer('delay', ms);
  }

  /** Leads later connections to the server on another port. */
  async leadTo(port) {
    await this.#steer('leadTo', port);
  }

  /** Answers later WebSockets with 403. */
  async refuseWebSockets() {
    await this.#steer('refuseWebSockets');
  }

  /** Leaves later WebSockets without an answer. */
  async swallowWebSockets() {
    await this.#steer('swallowWebSockets');
  }

  async close() {
    await this.#steer('close');
  }

  async #steer(op, argument) {
    await ask({ network: this.#port, op, argument });
  }
}
