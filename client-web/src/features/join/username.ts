import { MAX_USERNAME_CODE_POINTS } from '../../constants';
import { storage } from '../../ui/storage';

const KEY = 'watchparty.username';

export function rememberedUsername(): string {
  return cleanUsername(storage.read(KEY) ?? '');
}

export function rememberUsername(username: string): void {
  storage.write(KEY, username);
}

/** A typed name as the server will take it: trimmed, without < and >, at most 50 code points. */
export function cleanUsername(typed: string): string {
  const characters = Array.from(typed.normalize('NFC').replace(/[<>]/g, '').trim());
  return characters.slice(0, MAX_USERNAME_CODE_POINTS).join('').trim();
}
