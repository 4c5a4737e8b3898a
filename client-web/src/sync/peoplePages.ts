import {
  PEOPLE_PER_PAGE,
  PEOPLE_REFRESH_MS,
  PEOPLE_SEARCH_DEBOUNCE_MS,
  REQUEST_PATIENCE_MS,
} from '../constants';
import type { PeoplePage } from '../protocol/messages';
import type { Cancel, Clock } from './clock';
import { type Participant, withColours } from './participant';
import { personOf } from './people';
import type { SocketPort } from './socket';
import { Store } from './store';

export interface PeoplePagesView {
  /** As it was typed; the page may still be that of the text before. */
  readonly search: string;
  /** Of the page, counted from 0. */
  readonly index: number;
  readonly people: readonly Participant[];
  /** How many there are on all pages; undefined while there is no page. */
  readonly total: number | undefined;
  /** Whether the last request got no page. */
  readonly failed: boolean;
}

const NOTHING: PeoplePagesView = { search: '', index: 0, people: [], total: undefined, failed: false };

/** The list of people in a room that is too large to be told as a whole: the server searches it, and sends one page. */
export class PeoplePages {
  readonly view = new Store<PeoplePagesView>(NOTHING);

  private readonly socket: SocketPort;
  private readonly clock: Clock;
  private readonly known: () => readonly Participant[];
  private readonly onCount: (total: number) => void;
  private isOpen = false;
  /** The number of the newest request: answers to others come too late. */
  private request = 0;
  private cancelPatience: Cancel | undefined;
  /** The request that waits until the typing, or a series of changes, is over. */
  private cancelWaiting: Cancel | undefined;

  /**
   * @param known people with the colours that the page shows elsewhere
   * @param onCount hears how many people there are in all
   */
  constructor(
    socket: SocketPort,
    clock: Clock,
    known: () => readonly Participant[],
    onCount: (total: number) => void,
  ) {
    this.socket = socket;
    this.clock = clock;
    this.known = known;
    this.onCount = onCount;
  }

  /** Asks for the page; one that is there stays until the answer. */
  open(): void {
    this.isOpen = true;
    this.ask();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.request++;
    this.cancelTimers();
    this.view.set(NOTHING);
  }

  /** To be called when somebody has come or gone, or has another name. */
  peopleChanged(): void {
    if (this.isOpen) this.cancelWaiting ??= this.clock.after(PEOPLE_REFRESH_MS, () => this.ask());
  }

  /** Those whose names hold the text, as soon as the typing stops. */
  find(search: string): void {
    this.update({ search, index: 0 });
    this.request++;
    this.cancelTimers();
    this.cancelWaiting = this.clock.after(PEOPLE_SEARCH_DEBOUNCE_MS, () => this.ask());
  }

  turnTo(index: number): void {
    this.update({ index });
    this.ask();
  }

  /** To be called when the server has refused the request without an answer to it. */
  refused(): void {
    this.request++;
    this.cancelPatience?.();
    this.update({ failed: true });
  }

  ask(): void {
    this.cancelTimers();
    const request = ++this.request;
    if (!this.socket.connected) {
      this.update({ failed: true });
      return;
    }
    const { search, index } = this.view.get();
    this.cancelPatience = this.clock.after(REQUEST_PATIENCE_MS, () => this.refused());
    this.socket.emit('room:people', { offset: index * PEOPLE_PER_PAGE, search: search.trim() }, answer => {
      if (request !== this.request) return;
      if ('error' in answer) {
        this.refused();
        return;
      }
      this.cancelPatience?.();
      this.show(answer);
      if (search.trim() === '') this.onCount(answer.total);
    });
  }

  private show({ total, people }: PeoplePage): void {
    const before = this.view.get();
    const last = Math.max(0, Math.ceil(total / PEOPLE_PER_PAGE) - 1);
    if (before.index > last) {
      this.turnTo(last);
      return;
    }
    const coloured = [...this.known(), ...before.people];
    this.update({ people: withColours(people.map(personOf), coloured), total, failed: false });
  }

  private cancelTimers(): void {
    this.cancelPatience?.();
    this.cancelWaiting?.();
    this.cancelWaiting = undefined;
  }

  private update(change: Partial<PeoplePagesView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}
