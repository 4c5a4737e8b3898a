import { expect, test } from 'vitest';
import { currentLanguage } from '../language/currentLanguage';
import { refusalInWords } from './refusalInWords';

const { say } = currentLanguage.get();

test('the message of a full room says what a person can do', () => {
  expect(say(refusalInWords({ code: 'ROOM_FULL', message: 'the room takes no more users' }))).toContain(
    'open a room of your own',
  );
});

test.each([
  ['session:pause', 'Only the host controls the video.'],
  ['room:removeHost', 'The last host stays host. Make another person host first.'],
  ['room:kick', 'Only a host can do that, and only while the person is in the room.'],
])('%s that is not allowed says why', (event, words) => {
  expect(say(refusalInWords({ event, code: 'NOT_ALLOWED', message: '' }))).toBe(words);
});

test('a refusal without its own words is the server’s message, as a sentence', () => {
  expect(say(refusalInWords({ code: 'INVALID_PAYLOAD', message: 'time: -1 (expected: >= 0)' }))).toBe(
    'Time: -1 (expected: >= 0).',
  );
  expect(say(refusalInWords({ message: 'not now.' }))).toBe('Not now.');
  expect(say(refusalInWords({ message: '' }))).toBe('The server refused it.');
});
