import {
  MAX_PEOPLE_AGE_MS,
  MIN_PEOPLE_AGE_MS,
  PEOPLE_AGE_MS_PER_PERSON,
  PEOPLE_PER_PAGE,
  PEOPLE_REFRESH_MS,
  PEOPLE_SEARCH_DEBOUNCE_MS,
  REQUEST_PATIENCE_MS,
} from '../constants';
import type { PeoplePage, User, UserReport } from '../protocol/messages';
import type { Cancel, Clock } from './clock';
import { type Participant, withColours } from './participant';
import { personOf } from './people';
import type { SocketPort } from './socket';
import { Store } from './store';

export interface PeoplePagesView {
  /** As it was typed; the page may still be that of the text before. */
  readonly search: string;
  /** Of the page that is shown, counted from 0; the one that was asked for may still be another. */
  readonly index: number;
  readonly people: readonly Participant[];
  /** How many there are on all pages; undefined while there is no page. */
  readonly total: number | undefined;
  /** Whether the last request got no page. */
  readonly failed: boolean;
}

const NOTHING: PeoplePagesView = { search: '', index: 0, people: [], total: undefined, failed: false };

interface Surroundings {
  readonly socket: SocketPort;
  readonly clock: Clock;
  /** Whether the page is in a hidden tab. */
  readonly isHidden: () => boolean;
  /** People with the colours that the page shows elsewhere. */
  readonly known: () => readonly Participant[];
  /** Hears how many people there are in all. */
  readonly onCount: (total: number) => void;
  /** Hears all that is known of how the people of the page watch. */
  readonly onReports: (reports: readonly UserReport[]) => void;
}

/**
 * The list of people in a room that is too large to be told as a whole: the server searches it, and sends one page. The
 * page is asked for again from time to time, and soon when people come and go, as long as somebody can see it.
 */
export class PeoplePages {
  readonly view = new Store<PeoplePagesView>(NOTHING);

  private readonly around: Surroundings;
  private isOpen = false;
  private isInSight = true;
  /** Whether it was time to ask again while nobody could see the page. */
  private isOld = false;
  private shownUsers: readonly User[] = [];
  /** The index of the page that is asked for. */
  private wantedIndex = 0;
  /** The number of the newest request: answers to others come too late. */
  private request = 0;
  private cancelPatience: Cancel | undefined;
  /** The request that waits until the typing is over, or until the page may be old. */
  private waiting: { readonly untilMs: number; readonly cancel: Cancel } | undefined;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** Those on the page, by one of their sockets each. */
  get users(): readonly User[] {
    return this.shownUsers;
  }

  /** Asks for the page; one that is there stays until the answer. */
  open(): void {
    this.isOpen = true;
    this.askIfSeen();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.isOld = false;
    this.request++;
    this.cancelTimers();
    this.shownUsers = [];
    this.wantedIndex = 0;
    this.view.set(NOTHING);
  }

  /** To be called when somebody has come or gone, or has another name. */
  peopleChanged(): void {
    if (this.isOpen) this.askWithin(PEOPLE_REFRESH_MS);
    else this.open();
  }

  /** To be called when the list comes into sight, or leaves it. */
  sightChanged(isInSight: boolean): void {
    this.isInSight = isInSight;
    this.visibilityChanged();
  }

  /** To be called when the browser's tab is shown or hidden. */
  visibilityChanged(): void {
    if (this.isOpen && this.isOld) this.askIfSeen();
  }

  /** Those whose names hold the text, as soon as the typing stops. */
  find(search: string): void {
    this.wantedIndex = 0;
    this.update({ search });
    this.request++;
    this.cancelTimers();
    this.askAfter(PEOPLE_SEARCH_DEBOUNCE_MS, () => this.ask());
  }

  turnTo(index: number): void {
    this.wantedIndex = index;
    this.ask();
  }

  /** Turns on from the page that was asked for last, even if it is not shown yet; a negative step turns back. */
  turnBy(step: number): void {
    this.turnTo(Math.max(0, this.wantedIndex + step));
  }

  /** To be called when the server has refused the request without an answer to it. */
  refused(): void {
    this.request++;
    this.cancelPatience?.();
    this.update({ failed: true });
    if (this.isOpen) this.askWithin(MAX_PEOPLE_AGE_MS);
  }

  ask(): void {
    this.cancelTimers();
    this.isOld = false;
    const { socket, clock } = this.around;
    const request = ++this.request;
    if (!socket.connected) {
      this.update({ failed: true });
      return;
    }
    const { search } = this.view.get();
    const index = this.wantedIndex;
    this.cancelPatience = clock.after(REQUEST_PATIENCE_MS, () => this.refused());
    socket.emit('room:people', { offset: index * PEOPLE_PER_PAGE, search: search.trim() }, answer => {
      if (request !== this.request) return;
      if ('error' in answer) {
        this.refused();
        return;
      }
      this.cancelPatience?.();
      this.show(answer, index);
      if (search.trim() === '') this.around.onCount(answer.total);
    });
  }

  private show({ total, people, reports }: PeoplePage, index: number): void {
    const before = this.view.get();
    const last = Math.max(0, Math.ceil(total / PEOPLE_PER_PAGE) - 1);
    if (index > last) {
      this.turnTo(last);
      return;
    }
    const coloured = [...this.around.known(), ...before.people];
    this.shownUsers = people;
    this.around.onReports(reports);
    this.update({ index, people: withColours(people.map(personOf), coloured), total, failed: false });
    this.askWithin(agesWithinMs(total));
  }

  private askIfSeen(): void {
    const { socket, isHidden } = this.around;
    if (this.isInSight && !isHidden() && socket.connected) this.ask();
    else this.isOld = true;
  }

  private askWithin(delayMs: number): void {
    if (this.waiting && this.waiting.untilMs <= this.around.clock.nowMs() + delayMs) return;
    this.askAfter(delayMs, () => this.askIfSeen());
  }

  private askAfter(delayMs: number, ask: () => void): void {
    const { clock } = this.around;
    this.waiting?.cancel();
    const cancel = clock.after(delayMs, () => {
      this.waiting = undefined;
      ask();
    });
    this.waiting = { untilMs: clock.nowMs() + delayMs, cancel };
  }

  private cancelTimers(): void {
    this.cancelPatience?.();
    this.waiting?.cancel();
    this.waiting = undefined;
  }

  private update(change: Partial<PeoplePagesView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}

/** All pages of a room together cost the server the same, whatever the number of people. */
function agesWithinMs(total: number): number {
  const inProportion = total * PEOPLE_AGE_MS_PER_PERSON;
  return Math.min(Math.max(inProportion, MIN_PEOPLE_AGE_MS), MAX_PEOPLE_AGE_MS);
}
