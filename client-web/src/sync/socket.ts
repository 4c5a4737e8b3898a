import type { Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../protocol/events';

export type PartySocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** What the session needs of a socket; a test's stands in for it. */
export type SocketPort = Pick<PartySocket, 'connected' | 'active' | 'id' | 'connect' | 'disconnect'> & {
  on: PartySocket['on'];
  /** Forgets all listeners. */
  off(): unknown;
  emit: PartySocket['emit'];
};
