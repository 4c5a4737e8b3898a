import { expect, test } from 'vitest';
import { refusalInWords } from './refusalInWords';

test('the message of a full room says what a person can do', () => {
  expect(refusalInWords({ code: 'ROOM_FULL', message: 'the room takes no more users' })).toContain(
    'open a room of your own',
  );
});

test('a refusal without its own words is the server’s message, as a sentence', () => {
  expect(refusalInWords({ code: 'INVALID_PAYLOAD', message: 'time: -1 (expected: >= 0)' })).toBe(
    'Time: -1 (expected: >= 0).',
  );
  expect(refusalInWords({ message: 'not now.' })).toBe('Not now.');
  expect(refusalInWords({ message: '' })).toBe('The server refused it.');
});
