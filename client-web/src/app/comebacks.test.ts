import { expect, test } from 'vitest';
import { testingStorage } from '../testing/testingStorage';
import { comebacks } from './comebacks';

const tab = testingStorage('sessionStorage');
testingStorage('localStorage');

test('a tab goes back to the room that it was in, under its last name there', () => {
  comebacks.joined('film-night', 'Ann');
  comebacks.joined('film-night', 'Annie');
  expect(comebacks.nameIn('film-night')).toBe('Annie');
  expect(comebacks.nameIn('other')).toBeUndefined();
});

test('the newest name counts, whichever tab has taken it', () => {
  comebacks.joined('film-night', 'Ann');
  tab.clear();
  comebacks.joined('film-night', 'Annie');
  expect(comebacks.nameIn('film-night')).toBe('Annie');
});

test('another tab does not go to the room by itself, and neither does one that has left', () => {
  comebacks.joined('', 'Ann');
  tab.clear();
  expect(comebacks.nameIn('')).toBeUndefined();
  comebacks.joined('', 'Ann');
  comebacks.left();
  expect(comebacks.nameIn('')).toBeUndefined();
});
