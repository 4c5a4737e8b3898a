import type { User, UserReport } from '../protocol/messages';
import { idOf } from './people';
import { betterOf, isSameState, type PersonState, stateOf } from './personState';
import { Store } from './store';

/** The states of people, by their ids. */
export type StatesView = ReadonlyMap<string, PersonState>;

/** This page, as one of its person's tabs. */
interface Self {
  /** Of the socket; undefined before the first connection. */
  readonly socketId: string | undefined;
  readonly personId: string | undefined;
  readonly state: PersonState;
}

/** How each person in the room watches: what the server tells of all their tabs, and what this page knows of itself. */
export class PeopleStates {
  /** A person whose state is the same keeps its object. */
  readonly view = new Store<StatesView>(new Map());

  private readonly users: () => Iterable<User>;
  private readonly self: () => Self;
  private reports = new Map<string, UserReport>();
  private shownSelf: PersonState | undefined;

  /** @param users those of whom it is known which person they are */
  constructor(users: () => Iterable<User>, self: () => Self) {
    this.users = users;
    this.self = self;
  }

  /** Takes all reports that there are, and forgets the others. */
  replace(reports: readonly UserReport[] = []): void {
    this.reports = byId(reports);
    this.refresh();
  }

  /** Takes what has changed. */
  apply(reports: readonly UserReport[]): void {
    for (const report of reports) this.reports.set(report.socketId, report);
    this.refresh();
  }

  leave(socketId: string): void {
    this.reports.delete(socketId);
    this.refresh();
  }

  /** To be called when this page's own state may have changed, as often as one likes. */
  selfMayHaveChanged(): void {
    if (!this.shownSelf || !isSameState(this.shownSelf, this.self().state)) this.refresh();
  }

  /** To be called when people have come or changed. */
  refresh(): void {
    const self = this.self();
    this.shownSelf = self.state;
    const states = new Map<string, PersonState>();
    if (self.personId !== undefined) states.set(self.personId, self.state);
    for (const user of this.users()) {
      const report = this.reports.get(user.socketId);
      if (!report || user.socketId === self.socketId) continue;
      const state = stateOf(report);
      const known = states.get(idOf(user));
      states.set(idOf(user), known ? betterOf(known, state) : state);
    }
    this.publish(states);
  }

  private publish(states: Map<string, PersonState>): void {
    const before = this.view.get();
    let isSame = before.size === states.size;
    for (const [id, state] of states) {
      const known = before.get(id);
      if (known && isSameState(known, state)) states.set(id, known);
      else isSame = false;
    }
    if (!isSame) this.view.set(states);
  }
}

function byId(reports: readonly UserReport[]): Map<string, UserReport> {
  return new Map(reports.map(report => [report.socketId, report]));
}
