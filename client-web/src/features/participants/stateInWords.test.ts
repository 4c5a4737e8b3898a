import { expect, test } from 'vitest';
import { currentLanguage, LANGUAGES } from '../../language/currentLanguage';
import type { PersonState } from '../../sync/personState';
import { stateInWords } from './stateInWords';

const { say } = currentLanguage.get();
const german = LANGUAGES.find(({ tag }) => tag === 'de');

const state: PersonState = { player: 'playing', driftMs: 43, hidden: false, reconnecting: false };
const { driftMs: _, ...untimed } = state;

test.each<[Partial<PersonState>, string]>([
  [{}, 'In step, ±40 ms'],
  [{ driftMs: 0 }, 'In step, ±0 ms'],
  [{ driftMs: -250 }, 'In step, ±250 ms'],
  [{ driftMs: -251 }, '0.3 s behind'],
  [{ driftMs: 830 }, '0.8 s ahead'],
  [{ driftMs: -9960 }, '10 s behind'],
  [{ driftMs: -59_600 }, '1:00 behind'],
  [{ driftMs: -3_725_000 }, '1:02:05 behind'],
  [{ player: 'paused' }, 'In step'],
  [{ player: 'paused', driftMs: 3000 }, '3.0 s ahead'],
  [{ player: 'buffering' }, 'Loading'],
  [{ player: 'none' }, 'Loading'],
  [{ player: 'blocked' }, 'Waiting for a click'],
  [{ player: 'failed' }, 'Cannot play this video'],
  [{ hidden: true }, 'Tab hidden, in step'],
  [{ hidden: true, driftMs: -3000 }, 'Tab hidden, 3.0 s behind'],
  [{ hidden: true, player: 'buffering' }, 'Tab hidden'],
  [{ hidden: true, player: 'blocked' }, 'Waiting for a click'],
  [{ hidden: true, player: 'failed' }, 'Cannot play this video'],
  [{ reconnecting: true, hidden: true, player: 'failed' }, 'Reconnecting…'],
  [{ reconnecting: true, offline: true }, 'Offline'],
])('%j reads %j', (change, words) => {
  expect(told({ ...state, ...change })).toBe(words);
});

test.each<[Partial<PersonState>, boolean, string]>([
  [{}, false, 'Playing'],
  [{ player: 'paused' }, false, 'Paused'],
  [{ player: 'paused' }, true, 'At the end'],
  [{ hidden: true }, false, 'Tab hidden'],
])('without a drift %j, over %j, reads %j', (change, isVideoOver, words) => {
  expect(told({ ...untimed, ...change }, isVideoOver)).toBe(words);
});

test('a page that tells nothing has no words', () => {
  expect(stateInWords({ hidden: false, reconnecting: false }, false)).toBeUndefined();
});

test('numbers are written as the language writes them', () => {
  const told = stateInWords({ ...state, driftMs: -830 }, false);
  expect(told && german?.say(told.words)).toBe('0,8 s zurück');
});

test('each trouble has a picture, so that it is recognised without its colour', () => {
  const players = ['playing', 'paused', 'buffering', 'blocked', 'failed', 'none'] as const;
  for (const player of players) {
    for (const hidden of [false, true]) {
      for (const reconnecting of [false, true]) {
        for (const driftMs of [0, -5000]) {
          const found = stateInWords({ player, driftMs, hidden, reconnecting }, false);
          if (found?.tone === 'trouble') expect(found.icon).toBeDefined();
        }
      }
    }
  }
});

function told(of: PersonState, isVideoOver = false): string | undefined {
  const found = stateInWords(of, isVideoOver);
  return found && say(found.words);
}
