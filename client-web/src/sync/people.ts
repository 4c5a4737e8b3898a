import { RETURN_MS } from '../constants';
import type { User, UserLeft } from '../protocol/messages';
import type { Cancel, Clock } from './clock';
import { type Participant, type Person, withColours } from './participant';

/** What is told of a person; `before` is the name that a renamed one had. */
export interface PersonNews {
  readonly kind: 'joined' | 'left' | 'renamed';
  readonly id: string;
  readonly username: string;
  readonly before?: string;
}

/**
 * The people in the room. A person has a socket for each tab, and for a moment after a reload one more: all of them are
 * one line, and nobody is told that a person has joined or left while another of their sockets is there.
 */
export class People {
  private readonly clock: Clock;
  private readonly tell: (news: PersonNews) => void;
  /** By socket id; the newest name of a person is the last. */
  private users = new Map<string, User>();
  private listed: readonly Participant[] = [];
  /** Those who were here when the connection was lost. A person who comes back has not joined. */
  private lastSeen = new Set<string>();
  /** Those whose last tab has gone a moment ago: a page that reloads comes back. */
  private readonly farewells = new Map<string, Cancel>();

  constructor(clock: Clock, tell: (news: PersonNews) => void) {
    this.clock = clock;
    this.tell = tell;
  }

  /** In the order in which they joined. */
  get list(): readonly Participant[] {
    return this.listed;
  }

  find(id: string): Participant | undefined {
    return this.listed.find(person => person.id === id);
  }

  /** Takes the room's whole list, and tells nothing. */
  replace(users: readonly User[]): void {
    const sorted = [...users].sort((a, b) => a.joinedAt - b.joinedAt);
    this.users = new Map(sorted.map(user => [user.socketId, user]));
    this.relist();
    for (const { id } of this.listed) this.cancelFarewell(id);
  }

  join(user: User): void {
    const id = idOf(user);
    const before = this.find(id)?.username;
    this.users.delete(user.socketId);
    this.users.set(user.socketId, user);
    this.relist();
    const wasSeen = this.lastSeen.delete(id);
    const isBack = this.cancelFarewell(id);
    const { username } = user;
    if (before === undefined) {
      if (!wasSeen && !isBack) this.tell({ kind: 'joined', id, username });
    } else if (before !== username) {
      this.tell({ kind: 'renamed', id, username, before });
    }
  }

  leave({ socketId, username }: UserLeft): void {
    const user = this.users.get(socketId);
    if (!user) return;
    this.users.delete(socketId);
    this.relist();
    const id = idOf(user);
    if (this.find(id)) return;
    this.lastSeen.delete(id);
    const farewell = () => {
      this.farewells.delete(id);
      this.tell({ kind: 'left', id, username });
    };
    this.farewells.set(id, this.clock.after(RETURN_MS, farewell));
  }

  connectionLost(): void {
    this.lastSeen = new Set(this.listed.map(({ id }) => id));
  }

  close(): void {
    for (const cancel of this.farewells.values()) cancel();
    this.farewells.clear();
  }

  private cancelFarewell(id: string): boolean {
    this.farewells.get(id)?.();
    return this.farewells.delete(id);
  }

  private relist(): void {
    const people = new Map<string, Person>();
    for (const user of this.users.values()) {
      const id = idOf(user);
      const joinedAt = Math.min(user.joinedAt, people.get(id)?.joinedAt ?? user.joinedAt);
      people.set(id, { id, username: user.username, joinedAt });
    }
    const inOrder = [...people.values()].sort((a, b) => a.joinedAt - b.joinedAt);
    this.listed = withColours(inOrder, this.listed);
  }
}

function idOf({ participantId, socketId }: User): string {
  return participantId ?? socketId;
}
