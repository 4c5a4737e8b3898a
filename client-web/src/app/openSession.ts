import { socketAddress } from '../protocol/place';
import type { Destination } from '../protocol/room';
import { systemClock } from '../sync/clock';
import { onHandshake, partySocket } from '../sync/connect';
import { Session } from '../sync/session';

export interface OpenSession {
  readonly session: Session;
  readonly close: () => void;
}

/**
 * Opens the session of the destination's room and passes the browser's own events to it; undefined if there is no room.
 *
 * @param place of the server
 */
export function openSession(destination: Destination, place: URL): OpenSession | undefined {
  if (destination.kind !== 'named' && destination.kind !== 'open') return undefined;
  const socket = partySocket(
    socketAddress(place),
    destination.kind === 'named' ? destination.name : undefined,
  );

  const session = new Session({
    socket,
    clock: systemClock,
    isHidden: () => document.hidden,
    isNetworkUp: () => navigator.onLine,
    random: Math.random,
    onHandshake: listener => onHandshake(socket, listener),
  });
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('visibilitychange', () => session.visibilityChanged(), { signal });
  window.addEventListener('online', () => session.networkChanged(), { signal });
  window.addEventListener('offline', () => session.networkChanged(), { signal });
  session.start();
  return {
    session,
    close: () => {
      listening.abort();
      session.close();
    },
  };
}
