import { beforeEach, expect, test } from 'vitest';
import { HeldCommands } from './heldCommands';
import { TestingClock } from './testing/TestingClock';

let clock: TestingClock;
let held: HeldCommands;

beforeEach(() => {
  clock = new TestingClock();
  held = new HeldCommands(clock);
});

test('nothing is due when nothing is held', () => {
  clock.advance(5000);
  expect(held.isDue(false)).toBe(false);
});

test('a play is due when the player is under way, or after a second', () => {
  held.hold('play');
  expect(held.isDue(false)).toBe(true);
  expect(held.isDue(true)).toBe(false);
  clock.advance(1000);
  expect(held.isDue(true)).toBe(true);
});

test('each further seek makes the wait begin anew, for a play too', () => {
  held.hold('play');
  held.hold('seek');
  clock.advance(200);
  held.hold('seek');
  clock.advance(200);
  expect(held.isDue(false)).toBe(false);
  clock.advance(50);
  expect(held.isDue(false)).toBe(true);
});

test('one command is released and the other waits on', () => {
  held.hold('play');
  held.hold('seek');
  clock.advance(250);
  held.release('play');
  expect(held.has('play')).toBe(false);
  expect(held.isEmpty).toBe(false);
  expect(held.isDue(false)).toBe(true);
  held.release('seek');
  expect(held.isEmpty).toBe(true);
});
