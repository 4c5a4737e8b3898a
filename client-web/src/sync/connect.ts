import { io } from 'socket.io-client';
import {
  CONNECT_PATIENCE_MS,
  MAX_CONNECT_PATIENCE_MS,
  RECONNECT_FIRST_MS,
  RECONNECT_JITTER,
  RECONNECT_LAST_MS,
} from '../constants';
import type { PageAuth } from '../protocol/events';
import type { ConnectAuth } from '../protocol/messages';
import type { SocketAddress } from '../protocol/place';
import type { PartySocket } from './socket';

const WEBSOCKET_FIRST = ['websocket', 'polling'];
const POLLING_FIRST = ['polling', 'websocket'];

/**
 * A socket to the server at that address, not connected yet, for that room. Each connection shows the credentials of its
 * moment. It opens a WebSocket at once: a change from polling to WebSocket holds messages up, and round trips that are
 * measured meanwhile are too long. Where a WebSocket is refused, polling follows at once; where it is swallowed, with
 * the next attempt.
 */
export function partySocket(
  address: SocketAddress,
  room: string | undefined,
  credentials: () => Pick<ConnectAuth, 'identity' | 'password'>,
): PartySocket {
  const auth = (): PageAuth => ({
    ...(room === undefined ? {} : { room }),
    generation: 3,
    ...credentials(),
  });
  const socket = io(address.origin, {
    path: address.path,
    auth: (send: (shown: PageAuth) => void) => send(auth()),
    autoConnect: false,
    transports: WEBSOCKET_FIRST,
    tryAllTransports: true,
    timeout: CONNECT_PATIENCE_MS,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_LAST_MS,
    randomizationFactor: RECONNECT_JITTER,
  });
  takeTurnsAfterTimeouts(socket);
  return socket;
}

/** Calls the listener each time that the transport is open and the socket asks to be let in. */
export function onHandshake(socket: PartySocket, listener: () => void): void {
  socket.io.on('open', () => {
    // Over polling it needs one more connection, and would measure that too.
    if (socket.io.engine.transport.name === 'websocket') listener();
  });
}

/** A network that swallows one transport may let the other through, and one that is slow needs more patience. */
function takeTurnsAfterTimeouts(socket: PartySocket): void {
  const manager = socket.io;
  let isWebSocketFirst = true;
  let patienceMs = CONNECT_PATIENCE_MS;
  manager.on('error', error => {
    if (error.message !== 'timeout') return;
    isWebSocketFirst = !isWebSocketFirst;
    patienceMs = Math.min(patienceMs * 2, MAX_CONNECT_PATIENCE_MS);
    manager.opts.transports = isWebSocketFirst ? WEBSOCKET_FIRST : POLLING_FIRST;
    manager.timeout(patienceMs);
  });
}
