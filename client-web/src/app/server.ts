import { askServer, type ServerInfo } from '../features/home/rooms';
import { placeOf, placeOfServer } from '../protocol/place';
import { addressOf, type Destination } from '../protocol/room';
import { Store } from '../sync/store';

/** The server of this page: the one that it came from, unless the build names another. */
export class PartyServer {
  readonly place: URL;
  /** Undefined as long as the server has not said. */
  readonly info = new Store<ServerInfo | undefined>(undefined);
  private readonly pagePlace = placeOf(document.baseURI);
  private readonly isOwn: boolean;

  constructor() {
    const other = import.meta.env.VITE_SOCKET_URL;
    this.isOwn = !other;
    this.place = other ? placeOfServer(other) : this.pagePlace;
  }

  /** Asks the server what it offers, unless it has said so before. */
  async ask(): Promise<void> {
    if (this.info.get()) return;
    const info = await askServer(this.place);
    if (info) this.info.set(info);
  }

  /**
   * The whole address of a destination. A server that says what it offers also serves the page at the address of each
   * room.
   */
  readonly addressOf = (destination: Destination): string => {
    const servesPaths = this.isOwn && this.info.get() !== undefined;
    return new URL(addressOf(destination, servesPaths), this.pagePlace).href;
  };
}
