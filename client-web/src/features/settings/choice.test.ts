import { expect, test } from 'vitest';
import { testingStorage } from '../../testing/testingStorage';
import { Choice } from './choice';

const items = testingStorage();
const colour = () => new Choice('colour', ['none', 'red', 'blue']);

test('the first value is the one without a choice', () => {
  expect(colour().view.get()).toBe('none');
});

test('a choice is remembered', () => {
  const choice = colour();
  choice.choose('blue');
  expect(choice.view.get()).toBe('blue');
  expect(colour().view.get()).toBe('blue');
  choice.choose('none');
  expect(colour().view.get()).toBe('none');
});

test('a value that is no longer known is no choice', () => {
  items.set('colour', 'green');
  expect(colour().view.get()).toBe('none');
});
