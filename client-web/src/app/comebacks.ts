import { storage, tabStorage } from '../ui/storage';

interface Name {
  readonly room: string;
  readonly name: string;
}

const NAMES = 'watchparty.names';
const ROOM_OF_TAB = 'watchparty.room';
const MAX_ROOMS = 50;

/**
 * Remembers under which name this browser was last in each room, and in which room this tab is: a page that is loaded
 * again goes back there, and another tab asks first.
 */
export const comebacks = {
  /** The name under which this tab goes back to a room; undefined if it was not there. */
  nameIn(room: string): string | undefined {
    if (tabStorage.read(ROOM_OF_TAB) !== room) return undefined;
    return storage.readList(NAMES, isName).find(each => each.room === room)?.name;
  },
  joined(room: string, name: string): void {
    tabStorage.write(ROOM_OF_TAB, room);
    const others = storage.readList(NAMES, isName).filter(each => each.room !== room);
    storage.write(NAMES, JSON.stringify([...others, { room, name }].slice(-MAX_ROOMS)));
  },
  left(): void {
    tabStorage.remove(ROOM_OF_TAB);
  },
};

function isName(value: unknown): value is Name {
  const { room, name } = (value ?? {}) as Record<string, unknown>;
  return typeof room === 'string' && typeof name === 'string';
}
