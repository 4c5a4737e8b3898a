/** Where Socket.IO answers, as its client is told. */
export interface SocketAddress {
  readonly origin: string;
  /** With the place's own path before it. */
  readonly path: string;
}

/**
 * The folder that a document lies in, with a slash at its end: the page may be served below any path, and all that belongs
 * to it is below the same one.
 *
 * @param address of the document, such as `document.baseURI`
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
