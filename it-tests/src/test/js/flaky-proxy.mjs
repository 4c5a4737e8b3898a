// A TCP proxy on the loopback interface that can lose the network.
import { connect, createServer } from 'node:net';

export class FlakyProxy {
  #server;
  #sockets = new Set();
  #joined = new Map();
  #isDown = false;

  static async start(targetPort) {
    const proxy = new FlakyProxy();
    proxy.#server = createServer(inbound => proxy.#join(inbound, targetPort));
    await new Promise(resolve => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Cuts all connections and takes no more. */
  goDown() {
    this.#isDown = true;
    this.#cut();
  }

  /** As a phone that changes from one network to another: the clients' connections end, and the server hears nothing. */
  cutClientsOff() {
    for (const [inbound, outbound] of this.#joined) {
      inbound.removeAllListeners('close');
      inbound.unpipe(outbound);
      outbound.unpipe(inbound);
      outbound.resume();
      inbound.destroy();
    }
    this.#joined.clear();
  }

  /** As in a tunnel: connections stay, and nothing gets through until {@link thaw}. */
  freeze() {
    for (const [inbound, outbound] of this.#joined) {
      inbound.pause();
      outbound.pause();
    }
  }

  thaw() {
    for (const [inbound, outbound] of this.#joined) {
      inbound.resume();
      outbound.resume();
    }
  }

  comeUp() {
    this.#isDown = false;
  }

  close() {
    this.#server.close();
    this.#cut();
  }

  #join(inbound, targetPort) {
    if (this.#isDown) {
      inbound.destroy();
      return;
    }
    const outbound = connect(targetPort, '127.0.0.1');
    this.#joined.set(inbound, outbound);
    inbound.on('close', () => this.#joined.delete(inbound));
    for (const [from, to] of [
      [inbound, outbound],
      [outbound, inbound],
    ]) {
      this.#sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.setNoDelay(true);
      from.pipe(to);
    }
  }

  #cut() {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }
}
