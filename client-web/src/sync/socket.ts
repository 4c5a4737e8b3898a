import type { Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../protocol/events';

export type PartySocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** The parts of a socket that the session needs; a test has its own. */
export type SocketPort = Pick<PartySocket, 'connected' | 'active' | 'id' | 'connect' | 'disconnect'> & {
  on: PartySocket['on'];
  /** Forgets all listeners. */
  off(): unknown;
  emit: PartySocket['emit'];
};
