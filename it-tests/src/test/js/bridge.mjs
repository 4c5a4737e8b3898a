// Runs socket.io-client for the Java tests.
import { io } from 'socket.io-client';
import * as msgpackParser from 'socket.io-msgpack-parser';
import { WebSocket } from 'ws';
import { serve, tell } from './commands.mjs';
import { loseNetwork } from './lose-network.mjs';
import { OriginalPage } from './original-page.mjs';
import './fake-youtube.js';

const sockets = new Map();
const pages = new Map();

// Bytes travel as {"$bytes": "<base64>"}.
function tag(value) {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { $bytes: Buffer.from(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength).toString('base64') };
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Array.isArray(value) ? value.map(tag) : mapValues(value, tag);
}

function untag(value) {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(untag);
  }
  return '$bytes' in value ? Buffer.from(value.$bytes, 'base64') : mapValues(value, untag);
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function watch(id, socket) {
  sockets.set(id, socket);
  const report = (event, ...list) => tell({ id, event, arguments: tag(list) });
  socket.on('connect', () => report('(connected)', socket.id));
  socket.on('disconnect', reason => report('(disconnected)', reason));
  socket.on('connect_error', error => report('(refused)', error.message, error.data ?? null));
  socket.onAny((event, ...list) => {
    const acknowledge = typeof list.at(-1) === 'function' ? list.pop() : undefined;
    report(event, ...list);
    if (!event.endsWith('unanswered')) {
      acknowledge?.('answer', ...list);
    }
  });
  return report;
}

const operations = {
  'socket.open': ({ id, url, transports, isMsgpack, auth }) => {
    const socket = io(url, {
      forceNew: true,
      transports,
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
      ...(isMsgpack && { parser: msgpackParser }),
      ...(Object.keys(auth).length > 0 && { auth }),
    });
    const report = watch(id, socket);
    socket.io.on('open', () => {
      socket.io.engine.once('upgrade', transport => report('(upgraded)', transport.name));
    });
  },
  'socket.namespace': ({ id, of, namespace, auth }) => {
    const { io: manager } = sockets.get(of);
    watch(id, manager.socket(namespace, Object.keys(auth).length > 0 ? { auth } : {}));
  },
  'socket.emit': ({ id, event, arguments: list }) => sockets.get(id).emit(event, ...untag(list)),
  'socket.ask': ({ id, event, arguments: list, timeout }) =>
    new Promise(resolve => {
      const answer = (error, ...values) => resolve(error ? null : tag(values));
      sockets.get(id).timeout(timeout).emit(event, ...untag(list), answer);
    }),
  'socket.connect': ({ id }) => sockets.get(id).connect(),
  'socket.disconnect': ({ id }) => sockets.get(id).disconnect(),
  'socket.drop': ({ id }) => loseNetwork(sockets.get(id)),
  'socket.close': ({ id }) => {
    sockets.get(id)?.disconnect();
    sockets.delete(id);
  },
  'deflating.exchange': ({ url, messages, answers }) =>
    new Promise((resolve, reject) => {
      const webSocket = new WebSocket(url, { perMessageDeflate: true });
      const received = [];
      let connection;
      webSocket.on('upgrade', response => (connection = response.socket));
      webSocket.on('open', () => messages.forEach(message => webSocket.send(message)));
      webSocket.on('message', (data, isBinary) => {
        received.push(isBinary ? tag(data) : data.toString());
        if (received.length === answers) {
          resolve({ extensions: webSocket.extensions, received, rawBytes: connection.bytesRead });
          webSocket.terminate();
        }
      });
      webSocket.on('error', reject);
    }),
  /** The subprotocol that a client of the library was given, after it has its WebSocket. */
  'subprotocol.agree': ({ url, protocols, transports }) =>
    new Promise((resolve, reject) => {
      const socket = io(url, { forceNew: true, reconnection: false, protocols, transports });
      const answer = () => {
        resolve(socket.io.engine.transport.ws.protocol);
        socket.disconnect();
      };
      socket.on('connect_error', reject);
      socket.on('connect', () => {
        const { engine } = socket.io;
        if (engine.transport.name === 'websocket') {
          answer();
        } else {
          engine.once('upgrade', answer);
        }
      });
    }),
  'page.open': ({ id, url, startsWithinMs }) => {
    const socket = io(url, { forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 500 });
    pages.set(
      id,
      new OriginalPage(socket, (videoId, events) => new YT.Player(null, { videoId, events, startsWithinMs })),
    );
  },
  'page.do': ({ id, method, arguments: list }) => pages.get(id)[method](...list),
  'page.close': ({ id }) => {
    pages.get(id).close();
    pages.delete(id);
  },
};

serve(operations);
