// Everything that a browser reaches beyond the loopback interface, for a browser that Playwright cannot isolate: a
// proxy that answers for YouTube with the fake player, and for nothing else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FAKE_YOUTUBE = readFileSync(new URL('./fake-youtube.js', import.meta.url), 'utf8');
const PASSWORD = 'password';

let certificate;

export class OutsideWorld {
  #scripts = [];
  #youtube;
  #proxy;

  static async start() {
    const world = new OutsideWorld();
    certificate ??= makeCertificate();
    world.#youtube = createTlsServer({ pfx: certificate, passphrase: PASSWORD }, (request, response) =>
      request.url === '/iframe_api'
        ? response
            .writeHead(200, { 'Content-Type': 'text/javascript' })
            .end([...world.#scripts, FAKE_YOUTUBE].join('\n'))
        : response.writeHead(404).end(),
    );
    await listen(world.#youtube);
    world.#proxy = createServer((_, response) => response.writeHead(403).end());
    world.#proxy.on('connect', (request, socket) => world.#connect(request.url, socket));
    await listen(world.#proxy);
    return world;
  }

  /** The proxy, for a browser that accepts any certificate. */
  get url() {
    return `http://127.0.0.1:${this.#proxy.address().port}`;
  }

  /** Runs before the player's script. */
  addScript(script) {
    this.#scripts.push(script);
  }

  close() {
    for (const server of [this.#proxy, this.#youtube]) {
      server.closeAllConnections();
      server.close();
    }
  }

  #connect(host, socket) {
    if (host !== 'www.youtube.com:443') {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const youtube = connect(this.#youtube.address().port, '127.0.0.1');
    for (const [from, to] of [
      [socket, youtube],
      [youtube, socket],
    ]) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  }
}

function listen(server) {
  return new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
}

/** Node cannot create certificates, so the JDK that runs the tests does. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'watchparty-certificate-'));
  const store = join(folder, 'store.p12');
  const options = {
    '-alias': 'youtube',
    '-keyalg': 'EC',
    '-dname': 'CN=www.youtube.com',
    '-ext': 'san=dns:www.youtube.com',
    '-storetype': 'PKCS12',
    '-keystore': store,
    '-storepass': PASSWORD,
  };
  execFileSync(process.env.KEYTOOL ?? 'keytool', ['-genkeypair', ...Object.entries(options).flat()], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const made = readFileSync(store);
  rmSync(folder, { recursive: true });
  return made;
}
