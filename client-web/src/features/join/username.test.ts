import { expect, test } from 'vitest';
import { cleanUsername } from './username';

test.each([
  ['Alice', 'Alice'],
  ['  Alice  ', 'Alice'],
  ['<b>Alice</b>', 'bAlice/b'],
  ['<>', ''],
  ['x'.repeat(60), 'x'.repeat(50)],
  ['🎉'.repeat(60), '🎉'.repeat(50)],
  ['e\u0301', '\u00e9'],
])('%j becomes %j', (typed, clean) => {
  expect(cleanUsername(typed)).toBe(clean);
});
