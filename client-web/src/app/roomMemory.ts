import { storage } from '../ui/storage';

const MAX_ROOMS = 50;

/** The entries that this browser keeps for each room, at most MAX_ROOMS; the rooms of longest ago go first. */
export class RoomMemory<T extends { readonly room: string }> {
  private readonly key: string;
  private readonly isEntry: (value: unknown) => value is T;

  /** @param isEntry whether a stored value is one, and still of use */
  constructor(key: string, isEntry: (value: unknown) => value is T) {
    this.key = key;
    this.isEntry = isEntry;
  }

  of(room: string): T | undefined {
    return this.readAll().find(entry => entry.room === room);
  }

  keep(entry: T): void {
    const others = this.readAll().filter(({ room }) => room !== entry.room);
    storage.write(this.key, JSON.stringify([...others, entry].slice(-MAX_ROOMS)));
  }

  /** Other tabs write it too, so it is read again each time. */
  private readAll(): T[] {
    return storage.readList(this.key, this.isEntry);
  }
}
