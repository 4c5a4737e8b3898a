import { MAX_USERNAME_CODE_POINTS } from '../constants';
import { cleanCharacters } from './nameCharacters';
import { storage } from './storage';

const KEY = 'watchparty.username';

/** The part of a text that is read, characters, as on the server. */
const MAX_INPUT_CHARACTERS = 1000;

export function rememberedUsername(): string {
  return cleanUsername(storage.read(KEY) ?? '');
}

/** Accepts a typed name and remembers it for the next visit; undefined if nothing of it is visible. */
export function takeUsername(typed: string): string | undefined {
  const username = cleanUsername(typed);
  if (username === '') return undefined;
  storage.write(KEY, username);
  return username;
}

/** A typed name as the server will store it; empty if nothing of it is visible, which the server calls Anonymous. */
export function cleanUsername(typed: string): string {
  return cleanCharacters(typed.slice(0, MAX_INPUT_CHARACTERS), MAX_USERNAME_CODE_POINTS);
}
