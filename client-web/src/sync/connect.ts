import { io } from 'socket.io-client';
import { RECONNECT_FIRST_MS, RECONNECT_JITTER, RECONNECT_LAST_MS } from '../constants';
import type { PageAuth } from '../protocol/events';
import type { SocketAddress } from '../protocol/place';
import type { PartySocket } from './socket';

/** A socket to the server at that address, not connected yet, for that room. */
export function partySocket(address: SocketAddress, room: string | undefined): PartySocket {
  const auth: PageAuth = room === undefined ? { generation: 2 } : { room, generation: 2 };
  return io(address.origin, {
    path: address.path,
    auth,
    autoConnect: false,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_LAST_MS,
    randomizationFactor: RECONNECT_JITTER,
  });
}
