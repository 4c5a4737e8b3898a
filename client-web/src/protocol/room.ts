import { romanized } from './romanized';

export const MAX_ROOM_NAME_CHARACTERS = 64;
const ROOM_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const RANDOM_GROUPS = 4;
const RANDOM_GROUP_CHARACTERS = 4;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * The destination of a page's address: `/?room=NAME` leads to that room, `/?open` to the room that everyone shares (the
 * protocol's default room), and `/` to the choice of a room.
 */
export type Destination =
  | { readonly kind: 'start' }
  | { readonly kind: 'open' }
  | { readonly kind: 'named'; readonly name: string }
  /** No room can have that name. `suggestion` is the closest valid name; empty if there is none. */
  | { readonly kind: 'invalid'; readonly name: string; readonly suggestion: string };

export const START: Destination = { kind: 'start' };
export const OPEN_ROOM: Destination = { kind: 'open' };

/** @param search the part of an address from its `?` on, or an empty text */
export function destinationOf(search: string): Destination {
  const parameters = new URLSearchParams(search);
  const name = parameters.get('room');
  if (name) return destinationOfName(name);
  return parameters.has('open') ? OPEN_ROOM : START;
}

/** The query that leads there: a relative URL, so that it works under any path. */
export function addressOf(destination: Destination): string {
  switch (destination.kind) {
    case 'start':
      return '?';
    case 'open':
      return '?open';
    default:
      return `?room=${encodeURIComponent(destination.name)}`;
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
  const destination = destinationOf(link.search);
  if (destination.kind === 'start') return { problem: 'no-room' };
  return destination.kind === 'invalid' ? named(destination.suggestion) : { destination };
}

/**
 * The room's name for a typed one. A valid name is unchanged. In another name, letters lose their marks, letters of
 * other alphabets are spelt in Latin, and the words are in lower case, joined by hyphens. Empty if nothing is left of
 * it.
 */
export function roomNameOf(typed: string): string {
  const trimmed = typed.trim();
  if (ROOM_NAME.test(trimmed)) return trimmed;
  return romanized(trimmed)
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, MAX_ROOM_NAME_CHARACTERS)
    .replace(/^-+|-+$/g, '');
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
  return ROOM_NAME.test(name)
    ? { kind: 'named', name }
    : { kind: 'invalid', name, suggestion: roomNameOf(name) };
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
