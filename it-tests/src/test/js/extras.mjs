// People without a page of ours, who fill a room.
import { io } from 'socket.io-client';

const PATIENCE_MS = 30_000;

export class Extras {
  #sockets = [];

  /** Joins a room under the names, one after the other, so that the list has their order. */
  static async join(url, room, names) {
    const extras = new Extras();
    for (const username of names) {
      const socket = io(url, {
        forceNew: true,
        transports: ['websocket'],
        reconnection: false,
        auth: { room },
      });
      extras.#sockets.push(socket);
      await socket.timeout(PATIENCE_MS).emitWithAck('session:join', { username });
    }
    return extras;
  }

  close() {
    for (const socket of this.#sockets) {
      socket.disconnect();
    }
  }
}
