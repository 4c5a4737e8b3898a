import type { Destination } from '../protocol/room';
import { destinationOf, START } from '../protocol/room';
import type { Session } from '../sync/session';
import { Store } from '../sync/store';
import { type OpenSession, openSession } from './openSession';
import type { PartyServer } from './server';

/** How a person came to a room: by its address, by typing its name here, or by creating it. */
export type Arrival = 'address' | 'typed' | 'host';

/** The destination of this page, and its session there. */
export interface Visit {
  /** Different for each visit. */
  readonly id: number;
  readonly destination: Destination;
  readonly arrival: Arrival;
  /** Missing if there is no room to be in. */
  readonly session: Session | undefined;
}

/**
 * Goes from room to room without a reload: the address in the browser's bar and the session always belong to the same
 * room, and no session is open before a room has been chosen.
 */
export class Visits {
  readonly view: Store<Visit>;
  private open: OpenSession | undefined;
  private readonly server: PartyServer;
  private address = '';

  constructor(server: PartyServer) {
    this.server = server;
    this.view = new Store(this.arrive(0));
    window.addEventListener('popstate', () => {
      // The event also occurs when the address's fragment changes.
      if (currentAddress() !== this.address) this.view.set(this.arrive(this.view.get().id + 1));
    });
  }

  /** Goes to a destination, and joins the room there if a name is given. */
  enter(
    destination: Destination,
    { arrival, username }: { arrival: Arrival; username?: string | undefined },
  ): void {
    window.history.pushState({ arrival }, '', this.server.addressOf(destination));
    const visit = this.arrive(this.view.get().id + 1);
    if (username !== undefined) visit.session?.join(username);
    this.view.set(visit);
  }

  leave(): void {
    this.enter(START, { arrival: 'typed' });
  }

  private arrive(id: number): Visit {
    this.open?.close();
    this.address = currentAddress();
    const destination = destinationOf(new URL(window.location.href));
    this.open = openSession(destination, this.server.place);
    void this.server.ask();
    return { id, destination, arrival: arrivalOf(window.history.state), session: this.open?.session };
  }
}

function currentAddress(): string {
  return window.location.pathname + window.location.search;
}

/** The browser keeps the state with the entry of its history, also across a reload. */
function arrivalOf(state: unknown): Arrival {
  const { arrival } = (state ?? {}) as { arrival?: unknown };
  return arrival === 'host' || arrival === 'typed' ? arrival : 'address';
}
