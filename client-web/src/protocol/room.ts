const ROOM_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const RANDOM_NAME_CHARACTERS = 10;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** The room that a page's address asks for: `/?room=NAME`. */
export type RequestedRoom =
  | { readonly kind: 'default' }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'invalid' };

export function requestedRoom(search: string): RequestedRoom {
  const name = new URLSearchParams(search).get('room');
  if (name === null || name === '') return { kind: 'default' };
  return ROOM_NAME.test(name) ? { kind: 'named', name } : { kind: 'invalid' };
}

/** A name that nobody guesses: 10 of 32 characters that are hard to mix up, 50 bits. */
export function randomRoomName(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = random(new Uint8Array(RANDOM_NAME_CHARACTERS));
  return Array.from(bytes, byte => ALPHABET[byte % ALPHABET.length]).join('');
}
