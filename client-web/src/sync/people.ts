import type { User, UserLeft } from '../protocol/messages';
import { type Participant, type Person, withColours } from './participant';

/** The news of a person; `before` is the name that a renamed one had. */
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
  private readonly tell: (news: PersonNews) => void;
  /** By socket id; the newest name of a person is the last. */
  private users = new Map<string, User>();
  private listed: readonly Participant[] = [];
  /** Those who were here when the connection was lost. A person who comes back has not joined. */
  private lastSeen = new Set<string>();
  /** How many people there are whom the room's list has left out. */
  private unlisted = 0;
  /** When the newest of the room's list joined. */
  private newestAt = 0;

  constructor(tell: (news: PersonNews) => void) {
    this.tell = tell;
  }

  /** In the order in which they joined. */
  get list(): readonly Participant[] {
    return this.listed;
  }

  /** How many there are, those who are not in the list too. */
  get count(): number {
    return this.listed.length + this.unlisted;
  }

  /** Whether there are people whom this page was not told of. */
  get isLargerThanKnown(): boolean {
    return this.unlisted > 0;
  }

  /** All whom this page was told of, by their sockets. */
  get sockets(): readonly User[] {
    return [...this.users.values()];
  }

  find(id: string): Participant | undefined {
    return this.listed.find(person => person.id === id);
  }

  /** Takes the room's list, and how many people there are if it leaves some out. Tells nothing. */
  replace(users: readonly User[], peopleCount = 0): void {
    const sorted = [...users].sort((a, b) => a.joinedAt - b.joinedAt);
    this.users = new Map(sorted.map(user => [user.socketId, user]));
    this.relist();
    this.countIs(peopleCount);
    this.newestAt = sorted.at(-1)?.joinedAt ?? 0;
  }

  /** Takes the number of people that the server has counted. */
  countIs(total: number): void {
    this.unlisted = Math.max(0, total - this.listed.length);
  }

  join(user: User): void {
    const id = idOf(user);
    const before = this.find(id)?.username;
    const wasUnlisted = this.unlisted > 0 && !this.users.has(user.socketId) && user.joinedAt < this.newestAt;
    if (wasUnlisted) this.unlisted--;
    this.users.delete(user.socketId);
    this.users.set(user.socketId, user);
    this.relist();
    const wasSeen = this.lastSeen.delete(id);
    const { username } = user;
    if (before === undefined) {
      if (!wasSeen && !wasUnlisted) this.tell({ kind: 'joined', id, username });
    } else if (before !== username) {
      this.tell({ kind: 'renamed', id, username, before });
    }
  }

  leave({ socketId, username }: UserLeft): void {
    const user = this.users.get(socketId);
    if (!user) {
      this.unlisted = Math.max(0, this.unlisted - 1);
      return;
    }
    this.users.delete(socketId);
    this.relist();
    const id = idOf(user);
    if (this.find(id)) return;
    this.lastSeen.delete(id);
    this.tell({ kind: 'left', id, username });
  }

  connectionLost(): void {
    this.lastSeen = new Set(this.listed.map(({ id }) => id));
  }

  private relist(): void {
    const people = new Map<string, Person>();
    for (const user of this.users.values()) {
      const person = personOf(user);
      const joinedAt = Math.min(user.joinedAt, people.get(person.id)?.joinedAt ?? user.joinedAt);
      people.set(person.id, { ...person, joinedAt });
    }
    const inOrder = [...people.values()].sort((a, b) => a.joinedAt - b.joinedAt);
    this.listed = withColours(inOrder, this.listed);
  }
}

export function personOf(user: User): Person {
  const { username, joinedAt } = user;
  return { id: idOf(user), username, joinedAt };
}

export function idOf({ participantId, socketId }: User): string {
  return participantId ?? socketId;
}
