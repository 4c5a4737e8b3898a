import { expect, test } from 'vitest';
// The table tests the server's rule too: both must make the same name from the same text.
import tableText from '../../../protocol/src/test/resources/usernames.json?raw';
import { codePoints, isMark } from './graphemes';
import { cleanUsername } from './username';

interface Table {
  readonly names: readonly { about: string; typed: string; shown: string }[];
  readonly nothing: readonly string[];
  readonly removedBetweenLatinLetters: string;
  readonly blank: string;
}

const table = JSON.parse(tableText) as Table;

test.each(table.names)('$about', ({ typed, shown }) => {
  expect(cleanUsername(typed)).toBe(shown);
});

test.each(table.nothing)('%j is nothing', typed => {
  expect(cleanUsername(typed)).toBe('');
});

test('each character between letters stays unless it is dangerous', () => {
  const isRemoved = codePoints(table.removedBetweenLatinLetters);
  const wrong = codePointsOfManyKinds().filter(codePoint => {
    const typed = `a${String.fromCodePoint(codePoint)}b`;
    return cleanUsername(typed) !== (isRemoved(codePoint) ? 'ab' : typed.normalize('NFC'));
  });
  expect(wrong).toEqual([]);
});

test('a name of characters that show nothing is empty', () => {
  const isRemoved = codePoints(table.removedBetweenLatinLetters);
  const isBlank = codePoints(table.blank);
  const wrong = codePointsOfManyKinds().filter(codePoint => {
    const isNothing = isRemoved(codePoint) || isBlank(codePoint) || isMark(codePoint);
    return (cleanUsername(String.fromCodePoint(codePoint)) === '') !== isNothing;
  });
  expect(wrong).toEqual([]);
});

test('a long text is bounded', () => {
  expect(cleanUsername('x'.repeat(1_000_000))).toHaveLength(50);
});

/** The blocks in which characters differ in kind; the server's test tries all of Unicode. */
function codePointsOfManyKinds(): number[] {
  const blocks: [number, number][] = [
    [0, 0x33ff],
    [0xa000, 0xabff],
    [0xd780, 0x11fff],
    [0x1f000, 0x1ffff],
    [0xe0000, 0xe0fff],
  ];
  return blocks.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
}
