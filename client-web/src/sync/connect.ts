import { io } from 'socket.io-client';
import { RECONNECT_FIRST_MS, RECONNECT_JITTER, RECONNECT_LAST_MS } from '../constants';
import type { PageAuth } from '../protocol/events';
import type { PartySocket } from './socket';

/** A socket to the server of that address (empty: the page's own), not connected yet, for that room. */
export function partySocket(serverUrl: string, room: string | undefined): PartySocket {
  const auth: PageAuth = room === undefined ? { generation: 2 } : { room, generation: 2 };
  const options = {
    auth,
    autoConnect: false,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_LAST_MS,
    randomizationFactor: RECONNECT_JITTER,
  };
  return serverUrl === '' ? io(options) : io(serverUrl, options);
}
