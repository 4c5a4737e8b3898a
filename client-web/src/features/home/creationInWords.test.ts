import { expect, test } from 'vitest';
import { currentLanguage } from '../../language/currentLanguage';
import { creationInWords } from './creationInWords';

const { say } = currentLanguage.get();

test.each([
  ['ROOM_TAKEN', true, 'already exists'],
  ['INVALID_ROOM', true, '3 to 40'],
  ['INVALID_PAYLOAD', false, 'Title: 90 characters (expected: <= 80).'],
  ['RATE_LIMITED', false, 'too much at once'],
  ['UNAVAILABLE', false, 'could not do that just now'],
  ['UNREACHABLE', false, 'We cannot reach the server.'],
])('%s is said in words', (code, isOfName, words) => {
  const refusal = { code, message: 'title: 90 characters (expected: <= 80)' };
  const problem = creationInWords(refusal, 'film-night');
  expect(problem.isOfName).toBe(isOfName);
  expect(say(problem.words)).toContain(words);
});
