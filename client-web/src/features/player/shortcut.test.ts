import { expect, test } from 'vitest';
import { type Key, type Shortcut, shortcutOf } from './shortcut';

const plain: Omit<Key, 'key' | 'code'> = {
  repeat: false,
  isComposing: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
};

test.each<[string, string, string, Shortcut | undefined]>([
  ['Latin', 'k', 'KeyK', 'toggle'],
  ['Latin with caps lock', 'K', 'KeyK', 'toggle'],
  ['Cyrillic', 'л', 'KeyK', 'toggle'],
  ['Cyrillic', 'ь', 'KeyM', 'toggleMuted'],
  ['Cyrillic', 'а', 'KeyF', 'toggleFullscreen'],
  ['Cyrillic', 'е', 'KeyT', 'toggleTheatre'],
  ['any', 'Escape', 'Escape', 'leave'],
  ['Greek', 'κ', 'KeyK', 'toggle'],
  ['Hebrew', 'ל', 'KeyK', 'toggle'],
  ['Arabic', 'ن', 'KeyK', 'toggle'],
  ['Dvorak', 'k', 'KeyV', 'toggle'],
  ['AZERTY', 'm', 'Semicolon', 'toggleMuted'],
  ['a dead key', 'Dead', 'KeyK', 'toggle'],
  ['no code, as some remote keyboards', 'f', '', 'toggleFullscreen'],
  ['any', ' ', 'Space', 'toggle'],
  ['any', 'ArrowLeft', 'ArrowLeft', 'back'],
  ['any', 'ArrowRight', 'ArrowRight', 'forward'],
  ['the digits with the lock off', 'ArrowRight', 'Numpad6', undefined],
  ['any', 'a', 'KeyA', undefined],
])('%s: %s at %s', (_, key, code, expected) => {
  expect(shortcutOf({ ...plain, key, code })).toBe(expected);
});

test.each(['isComposing', 'altKey', 'ctrlKey', 'metaKey', 'shiftKey'] as const)('%s is not ours', held => {
  expect(shortcutOf({ ...plain, key: 'k', code: 'KeyK', [held]: true })).toBeUndefined();
});
