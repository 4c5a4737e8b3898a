// A TCP proxy on the loopback interface that can lose the network, simulate a long distance, and block WebSockets.
import { connect, createServer } from 'node:net';
import { Transform } from 'node:stream';

export class FlakyProxy {
  #server;
  #port;
  #sockets = new Set();
  #joined = new Map();
  #isDown = false;
  #delayMs = 0;
  #webSockets = 'pass';

  static async start(targetPort) {
    const proxy = new FlakyProxy();
    proxy.#port = targetPort;
    proxy.#server = createServer(inbound => proxy.#join(inbound, proxy.#port));
    await new Promise(resolve => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** How long a byte takes, in each direction, on later connections. */
  delay(ms) {
    this.#delayMs = ms;
  }

  /** The fate of later WebSockets: they pass, are refused, or are swallowed without an answer. */
  webSockets(fate) {
    this.#webSockets = fate;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Cuts all connections and accepts no more. */
  goDown() {
    this.#isDown = true;
    this.#cut();
  }

  /**
   * Like a phone that changes from one network to another: the clients' connections end, and the server receives
   * nothing.
   */
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

  /** Like a tunnel: connections stay, and nothing gets through until {@link thaw}. */
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

  /** Accepts connections again, perhaps to another server. */
  comeUp(targetPort = this.#port) {
    this.#port = targetPort;
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
    if (this.#webSockets !== 'pass') {
      this.#judge(inbound, targetPort);
      return;
    }
    this.#connect(inbound, targetPort);
  }

  /** Waits for the first bytes, which show the kind of request. */
  #judge(inbound, targetPort) {
    this.#sockets.add(inbound);
    inbound.on('error', () => {});
    inbound.once('data', first => {
      if (!/^upgrade: *websocket/im.test(first.toString('latin1'))) {
        inbound.pause();
        inbound.unshift(first);
        this.#connect(inbound, targetPort);
        inbound.resume();
      } else if (this.#webSockets === 'refused') {
        inbound.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      }
    });
  }

  #connect(inbound, targetPort) {
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
      if (this.#delayMs > 0) {
        from.pipe(delayed(this.#delayMs)).pipe(to);
      } else {
        from.pipe(to);
      }
    }
  }

  #cut() {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }
}

/** Passes each piece on after this delay, however many are on the way. */
function delayed(ms) {
  let last = Promise.resolve();
  return new Transform({
    highWaterMark: 1 << 20,
    transform(piece, _, done) {
      last = new Promise(resolve => setTimeout(resolve, ms)).then(() => this.push(piece));
      done();
    },
    flush(done) {
      last.then(() => done());
    },
  });
}
