/** The address of Socket.IO, in the form that its client takes. */
export interface SocketAddress {
  readonly origin: string;
  /** Including the path of the place before it. */
  readonly path: string;
}

/** The end of a page's path when it is the address of a room: `r/`, and the room's encoded name. */
const ROOM_PATH = /\/r\/([^/]+)$/;
const PAGE_FILE = 'index.html';

/**
 * The folder of a page, with a slash at its end. The page may be served below any path, and everything that belongs to
 * it is below the same path, its rooms too.
 */
export function placeOf(address: string): URL {
  return new URL(roomSegmentOf(new URL(address)) === undefined ? '.' : '..', address);
}

/** The end of the path of a room's address, as it stands there: `film-night` in `/party/r/film-night`. */
export function roomSegmentOf({ pathname }: URL): string | undefined {
  const segment = ROOM_PATH.exec(pathname)?.[1];
  return segment === PAGE_FILE ? undefined : segment;
}

/** The place of a server, with or without a slash at its end: `https://party.example.com/party`. */
export function placeOfServer(address: string): URL {
  return new URL(address.endsWith('/') ? address : `${address}/`);
}

export function socketAddress(place: URL): SocketAddress {
  return { origin: place.origin, path: `${place.pathname}socket.io` };
}
