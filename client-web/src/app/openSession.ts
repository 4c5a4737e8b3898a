import { socketAddress } from '../protocol/place';
import type { Destination } from '../protocol/room';
import { systemClock } from '../sync/clock';
import { onHandshake, partySocket } from '../sync/connect';
import { Credentials } from '../sync/credentials';
import { Session } from '../sync/session';
import { comebacks } from './comebacks';
import { identities } from './identities';

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
  // No room has an empty name: it stands for the open room.
  const room = destination.kind === 'named' ? destination.name : '';
  const credentials = new Credentials({
    token: () => identities.of(room)?.token,
    keep: identity => identities.keep(room, identity),
  });
  const socket = partySocket(socketAddress(place), room || undefined, credentials.shown);

  const session = new Session({
    socket,
    credentials,
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
  const lastName = comebacks.nameIn(room);
  if (lastName !== undefined) session.comeBack(lastName);
  const stopRemembering = rememberName(session, room);
  return {
    session,
    close: () => {
      listening.abort();
      stopRemembering();
      comebacks.left();
      session.close();
    },
  };
}

function rememberName({ view }: Session, room: string): () => void {
  let remembered: string | undefined;
  return view.subscribe(() => {
    const { joined, username } = view.get();
    const name = joined ? username : undefined;
    if (name === remembered) return;
    remembered = name;
    if (name === undefined) comebacks.left();
    else comebacks.joined(room, name);
  });
}
