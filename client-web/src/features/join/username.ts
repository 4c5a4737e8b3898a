import { MAX_USERNAME_CODE_POINTS } from '../../constants';
import { storage } from '../../ui/storage';
import { cleanCharacters } from './nameCharacters';

const KEY = 'watchparty.username';

/** The most of a text that is looked at, as on the server. */
const MAX_INPUT_CHARACTERS = 1000;

export function rememberedUsername(): string {
  return cleanUsername(storage.read(KEY) ?? '');
}

/** Takes a typed name and remembers it for the next visit; undefined if nothing of it can be seen. */
export function takeUsername(typed: string): string | undefined {
  const username = cleanUsername(typed);
  if (username === '') return undefined;
  storage.write(KEY, username);
  return username;
}

/** A typed name as the server will take it; empty if nothing of it can be seen, which the server calls Anonymous. */
export function cleanUsername(typed: string): string {
  return cleanCharacters(typed.slice(0, MAX_INPUT_CHARACTERS), MAX_USERNAME_CODE_POINTS);
}
