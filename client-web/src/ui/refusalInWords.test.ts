import { expect, test } from 'vitest';
import { refusalInWords } from './refusalInWords';

test('a full room says what one can do', () => {
  expect(refusalInWords({ code: 'ROOM_FULL', message: 'the room takes no more users' })).toContain(
    'open a room of your own',
  );
});

test('what has no words of its own is the server’s message, as a sentence', () => {
  expect(refusalInWords({ code: 'INVALID_PAYLOAD', message: 'time: -1 (expected: >= 0)' })).toBe(
    'Time: -1 (expected: >= 0).',
  );
  expect(refusalInWords({ message: 'not now.' })).toBe('Not now.');
  expect(refusalInWords({ message: '' })).toBe('The server refused it.');
});
