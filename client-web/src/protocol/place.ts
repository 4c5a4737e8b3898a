/** The address of Socket.IO, in the form that its client takes. */
export interface SocketAddress {
  readonly origin: string;
  /** Including the path of the place before it. */
  readonly path: string;
}

/**
 * The folder of a document, with a slash at its end. The page may be served below any path, and everything that belongs
 * to it is below the same path.
 */
export function placeOf(address: string): URL {
  return new URL('.', address);
}

/** The place of a server, with or without a slash at its end: `https://party.example.com/party`. */
export function placeOfServer(address: string): URL {
  return new URL(address.endsWith('/') ? address : `${address}/`);
}

export function socketAddress(place: URL): SocketAddress {
  return { origin: place.origin, path: `${place.pathname}socket.io` };
}
