import { roomSegmentOf } from './place';

/**
 * The names of rooms that are created, in the form that the server gives them (NFKC, lower case). A letter or mark that
 * shows nothing is in no name.
 */
const ROOM_NAME = /^(?!\p{M}|.*\p{DI})[\p{L}\p{M}\p{Nd}-]{3,40}$/u;
const MAX_ROOM_NAME_CHARACTERS = 40;
/** Names that stay as they are: their case counts. */
const PLAIN_ROOM_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const RANDOM_GROUPS = 4;
const RANDOM_GROUP_CHARACTERS = 4;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * The destination of a page's address: `/r/NAME` and `/?room=NAME` lead to that room, `/?open` to the room that everyone
 * shares (the protocol's default room), and `/` to the choice of a room.
 */
export type Destination =
  | { readonly kind: 'start' }
  | { readonly kind: 'open' }
  | { readonly kind: 'named'; readonly name: string }
  /** No room can have that name. `suggestion` is the closest valid name; empty if there is none. */
  | { readonly kind: 'invalid'; readonly name: string; readonly suggestion: string };

export const START: Destination = { kind: 'start' };
export const OPEN_ROOM: Destination = { kind: 'open' };

export function destinationOf(address: URL): Destination {
  const segment = roomSegmentOf(address);
  if (segment !== undefined) return destinationOfName(decoded(segment));
  const name = address.searchParams.get('room');
  if (name) return destinationOfName(name);
  return address.searchParams.has('open') ? OPEN_ROOM : START;
}

/**
 * The address that leads there, relative to the place of the page.
 *
 * @param servesPaths whether the page's server serves `/r/NAME`; `?room=NAME` works everywhere
 */
export function addressOf(destination: Destination, servesPaths: boolean): string {
  switch (destination.kind) {
    case 'start':
      return '.';
    case 'open':
      return '?open';
    default:
      return `${servesPaths ? 'r/' : '?room='}${encodeURIComponent(destination.name)}`;
  }
}

/** Why a text leads to no room. */
export type RoomProblem = 'empty' | 'other-site' | 'no-room' | 'no-name';

/** Reads a text that a person types to enter a room: a link to it, or its name in any spelling. */
export function destinationOfText(
  text: string,
  ownAddress: string,
): { readonly destination: Destination } | { readonly problem: RoomProblem } {
  const typed = text.trim();
  if (typed === '') return { problem: 'empty' };
  if (!/[/?.:]/.test(typed)) return named(roomNameOf(typed));

  const address = addressIn(typed, ownAddress);
  if (address === undefined) return named(roomNameOf(typed));
  const link = parsed(address, ownAddress);
  if (!link) return { problem: 'no-room' };
  if (link.host !== new URL(ownAddress).host) return { problem: 'other-site' };
  const destination = destinationOf(link);
  if (destination.kind === 'start') return { problem: 'no-room' };
  return destination.kind === 'invalid' ? named(destination.suggestion) : { destination };
}

/**
 * The room's name for a typed one. A plain name is unchanged; another becomes one that a room may be created with. Empty if there is none.
 */
export function roomNameOf(typed: string): string {
  const trimmed = typed.trim();
  if (PLAIN_ROOM_NAME.test(trimmed)) return trimmed;
  const name = joinedWords(trimmed);
  return ROOM_NAME.test(name) || PLAIN_ROOM_NAME.test(name) ? name : '';
}

/**
 * The closest name that a room can be created with: the words in lower case, joined by hyphens. Empty if there is none.
 */
export function newRoomNameOf(typed: string): string {
  const name = joinedWords(typed);
  return ROOM_NAME.test(name) ? name : '';
}

/**
 * A name that cannot be guessed: 16 of 32 characters that are hard to confuse, 80 bits, in groups that can be read
 * aloud.
 */
export function randomRoomName(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = random(new Uint8Array(RANDOM_GROUPS * RANDOM_GROUP_CHARACTERS));
  const characters = Array.from(bytes, byte => ALPHABET[byte % ALPHABET.length]).join('');
  return Array.from({ length: RANDOM_GROUPS }, (_, group) =>
    characters.slice(group * RANDOM_GROUP_CHARACTERS, (group + 1) * RANDOM_GROUP_CHARACTERS),
  ).join('-');
}

function destinationOfName(name: string): Destination {
  if (PLAIN_ROOM_NAME.test(name)) return { kind: 'named', name };
  const canonical = canonicalOf(name);
  return ROOM_NAME.test(canonical)
    ? { kind: 'named', name: canonical }
    : { kind: 'invalid', name, suggestion: roomNameOf(name) };
}

/** Lower case may be in another form again. */
function canonicalOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}

function joinedWords(typed: string): string {
  const words = canonicalOf(typed)
    .replace(/[’'\p{DI}]/gu, '')
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, '-')
    .replace(/^[-\p{M}]+/u, '');
  return Array.from(words).slice(0, MAX_ROOM_NAME_CHARACTERS).join('').replace(/-$/, '');
}

/** A broken escape sequence stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function named(name: string): { destination: Destination } | { problem: RoomProblem } {
  return name === '' ? { problem: 'no-name' } : { destination: { kind: 'named', name } };
}

/**
 * A link, with or without its scheme, or only its end from the `?` on; undefined for a name that contains a dot or the
 * like.
 */
function addressIn(typed: string, ownAddress: string): string | undefined {
  if (/^([?/]|https?:\/\/)/i.test(typed)) return typed;
  const isAddress = /^[^\s/?]+\.[^\s/?]+[/?]/.test(typed) || typed.startsWith(new URL(ownAddress).host);
  return isAddress ? `https://${typed}` : undefined;
}

function parsed(address: string, ownAddress: string): URL | undefined {
  try {
    return new URL(address, ownAddress);
  } catch {
    return undefined;
  }
}
