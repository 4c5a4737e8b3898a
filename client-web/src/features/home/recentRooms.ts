import { MAX_RECENT_ROOMS } from '../../constants';
import { Store } from '../../sync/store';
import { storage } from '../../ui/storage';

export interface RecentRoom {
  readonly name: string;
  readonly title: string;
}

const KEY = 'watchparty.recentRooms';

/** The named rooms that this browser was in, the latest first. */
export class RecentRooms {
  readonly view = new Store<readonly RecentRoom[]>(read());

  /** Puts a room first. Without a title it keeps the one that it had. */
  add(name: string, title?: string): void {
    const known = read().find(room => room.name === name);
    this.write([{ name, title: title ?? known?.title ?? '' }, ...without(name)].slice(0, MAX_RECENT_ROOMS));
  }

  forget(name: string): void {
    this.write(without(name));
  }

  private write(rooms: readonly RecentRoom[]): void {
    storage.write(KEY, JSON.stringify(rooms));
    this.view.set(rooms);
  }
}

export const recentRooms = new RecentRooms();

/** Other tabs write it too, so it is read again before each change. */
function read(): RecentRoom[] {
  return storage.readList(KEY, isRecentRoom).slice(0, MAX_RECENT_ROOMS);
}

function without(name: string): RecentRoom[] {
  return read().filter(room => room.name !== name);
}

function isRecentRoom(value: unknown): value is RecentRoom {
  const { name, title } = (value ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && name !== '' && typeof title === 'string';
}
