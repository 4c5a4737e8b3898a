import { placeOf, placeOfServer, socketAddress } from '../protocol/place';
import type { RequestedRoom } from '../protocol/room';
import { systemClock } from '../sync/clock';
import { partySocket } from '../sync/connect';
import { Session } from '../sync/session';

/** Opens the room's session and tells it of the browser's own events; undefined for a room that cannot be. */
export function openSession(room: RequestedRoom): Session | undefined {
  if (room.kind === 'invalid') return undefined;
  const server = import.meta.env.VITE_SOCKET_URL;
  const place = server ? placeOfServer(server) : placeOf(document.baseURI);
  const socket = partySocket(socketAddress(place), room.kind === 'named' ? room.name : undefined);
  const session = new Session({
    socket,
    clock: systemClock,
    isHidden: () => document.hidden,
    isNetworkUp: () => navigator.onLine,
    random: Math.random,
  });
  document.addEventListener('visibilitychange', () => session.visibilityChanged());
  window.addEventListener('online', () => session.networkChanged());
  window.addEventListener('offline', () => session.networkChanged());
  session.start();
  return session;
}
