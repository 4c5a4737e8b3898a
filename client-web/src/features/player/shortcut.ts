export type Shortcut =
  | 'toggle'
  | 'back'
  | 'forward'
  | 'toggleMuted'
  | 'toggleFullscreen'
  | 'toggleTheatre'
  | 'leave';

/** A key, as a KeyboardEvent describes it. */
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
 * YouTube's own keys: space or K, ← →, M, F, T, Esc. They are recognised by their position, so they work on a layout
 * with other letters. A Latin layout that has these letters elsewhere, such as Dvorak, has the keys there too.
 */
export function shortcutOf(key: Key): Shortcut | undefined {
  if (key.isComposing || key.altKey || key.ctrlKey || key.metaKey || key.shiftKey) return undefined;
  return BY_LETTER[key.key.toLowerCase()] ?? BY_CODE[key.code];
}

/** Whether it applies to everyone in the room, not only to this person. */
export function isForRoom(shortcut: Shortcut): boolean {
  return shortcut === 'toggle' || isRepeated(shortcut);
}

/** Whether it repeats while the key is held. */
export function isRepeated(shortcut: Shortcut): boolean {
  return shortcut === 'back' || shortcut === 'forward';
}
