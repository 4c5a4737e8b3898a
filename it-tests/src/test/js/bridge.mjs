// Runs socket.io-client for the Java tests: one command a line on stdin, one message a line on stdout.
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import { loseNetwork } from './lose-network.mjs';
import { OriginalPage } from './original-page.mjs';
import './fake-youtube.js';

const sockets = new Map();
const pages = new Map();

const operations = {
  'socket.open': ({ id, url, transports, auth }) => {
    const socket = io(url, {
      forceNew: true,
      transports,
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
      ...(Object.keys(auth).length > 0 && { auth }),
    });
    sockets.set(id, socket);
    const tell = (event, payload) => write({ id, event, payload });
    socket.on('connect', () => tell('(connected)', socket.id));
    socket.on('disconnect', reason => tell('(disconnected)', reason));
    socket.on('connect_error', error => tell('(refused)', error.message));
    socket.onAny((event, payload) => tell(event, payload));
    socket.io.on('open', () => {
      socket.io.engine.once('upgrade', transport => tell('(upgraded)', transport.name));
    });
  },
  'socket.emit': ({ id, event, arguments: list }) => sockets.get(id).emit(event, ...list),
  'socket.connect': ({ id }) => sockets.get(id).connect(),
  'socket.disconnect': ({ id }) => sockets.get(id).disconnect(),
  'socket.drop': ({ id }) => loseNetwork(sockets.get(id)),
  'socket.close': ({ id }) => {
    sockets.get(id).disconnect();
    sockets.delete(id);
  },
  'page.open': ({ id, url }) => {
    const socket = io(url, { forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 500 });
    pages.set(id, new OriginalPage(socket, (videoId, events) => new YT.Player(null, { videoId, events })));
  },
  'page.do': ({ id, method, arguments: list }) => pages.get(id)[method](...list),
  'page.close': ({ id }) => {
    pages.get(id).close();
    pages.delete(id);
  },
};

function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function run(command) {
  try {
    const result = await operations[command.op](command);
    if (command.call) {
      write({ call: command.call, result: result ?? null });
    }
  } catch (error) {
    if (!command.call) {
      throw error;
    }
    write({ call: command.call, error: error.stack });
  }
}

createInterface({ input: process.stdin })
  .on('line', line => run(JSON.parse(line)))
  .on('close', () => process.exit(0));
