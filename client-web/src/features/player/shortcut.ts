export type Shortcut =
  | 'toggle'
  | 'back'
  | 'forward'
  | 'toggleMuted'
  | 'toggleFullscreen'
  | 'toggleTheatre'
  | 'leave';

/** A key, as a KeyboardEvent tells it. */
export interface Key {
  readonly key: string;
  readonly code: string;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const BY_CODE: Readonly<Record<string, Shortcut>> = {
  Space: 'toggle',
  KeyK: 'toggle',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  KeyM: 'toggleMuted',
  KeyF: 'toggleFullscreen',
  KeyT: 'toggleTheatre',
  Escape: 'leave',
};

const BY_LETTER: Readonly<Record<string, Shortcut>> = {
  k: 'toggle',
  m: 'toggleMuted',
  f: 'toggleFullscreen',
  t: 'toggleTheatre',
};

/**
 * YouTube's own keys: space or K, ← →, M, F, T, Esc. They go by their place, so that they work on a layout of other letters; a
 * Latin layout that has these letters elsewhere, such as Dvorak, has them there too.
 */
export function shortcutOf(key: Key): Shortcut | undefined {
  if (key.isComposing || key.altKey || key.ctrlKey || key.metaKey || key.shiftKey) return undefined;
  return BY_LETTER[key.key.toLowerCase()] ?? BY_CODE[key.code];
}

/** Whether it happens for all in the room, and not for this person alone. */
export function isForRoom(shortcut: Shortcut): boolean {
  return shortcut === 'toggle' || isRepeated(shortcut);
}

/** Whether it goes on while the key is held. */
export function isRepeated(shortcut: Shortcut): boolean {
  return shortcut === 'back' || shortcut === 'forward';
}
