import { tabStorage } from '../ui/storage';
import { RoomMemory } from './roomMemory';

interface Name {
  readonly room: string;
  readonly name: string;
}

const names = new RoomMemory('watchparty.names', isName);
const ROOM_OF_TAB = 'watchparty.room';

/**
 * Remembers under which name this browser was last in each room, and in which room this tab is: a page that is loaded
 * again goes back there, and another tab asks first.
 */
export const comebacks = {
  /** The name under which this tab goes back to a room; undefined if it was not there. */
  nameIn(room: string): string | undefined {
    return tabStorage.read(ROOM_OF_TAB) === room ? names.of(room)?.name : undefined;
  },
  joined(room: string, name: string): void {
    tabStorage.write(ROOM_OF_TAB, room);
    names.keep({ room, name });
  },
  left(): void {
    tabStorage.remove(ROOM_OF_TAB);
  },
};

function isName(value: unknown): value is Name {
  const { room, name } = (value ?? {}) as Record<string, unknown>;
  return typeof room === 'string' && typeof name === 'string';
}
