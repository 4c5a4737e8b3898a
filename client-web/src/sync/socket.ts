import type { Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../protocol/events';

export type PartySocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** What the session needs of a socket; a test's stands in for it. */
export type SocketPort = Pick<PartySocket, 'connected' | 'active' | 'id' | 'connect'> & {
  on: PartySocket['on'];
  emit: PartySocket['emit'];
};
