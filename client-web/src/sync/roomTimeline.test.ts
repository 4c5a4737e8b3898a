import { describe, expect, test } from 'vitest';
import { RoomTimeline } from './roomTimeline';

describe('a playing room', () => {
  const playing = (positionS: number, nowMs: number) =>
    new RoomTimeline({ videoId: 'v', playing: true, positionS }, nowMs);

  test('goes on with time, and is ahead of its message by the way that took', () => {
    const room = playing(10, 5000);
    expect(room.positionS(5000, 0)).toBeCloseTo(10);
    expect(room.positionS(7000, 50)).toBeCloseTo(12.05);
  });

  test('is not held back by a late heartbeat', () => {
    const room = playing(10, 5000);
    room.heartbeat(11, 6400);
    expect(room.positionS(6400, 0)).toBeCloseTo(11.4);
  });

  test('is moved on by a heartbeat that came faster than the change', () => {
    const room = playing(10, 5200);
    room.heartbeat(11, 6000);
    expect(room.positionS(6000, 0)).toBeCloseTo(11);
  });

  test('forgets a fast message when sixteen have followed it', () => {
    const room = playing(10, 5000);
    for (let i = 1; i <= 15; i++) room.heartbeat(10 + i, 5100 + i * 1000);
    expect(room.positionS(20_000, 0)).toBeCloseTo(25);
    room.heartbeat(26, 21_100);
    expect(room.positionS(21_100, 0)).toBeCloseTo(26);
  });
});

test('a paused room stands where it was paused, whatever the way took', () => {
  const room = new RoomTimeline({ videoId: 'v', playing: false, positionS: 10 }, 5000);
  expect(room.positionS(9000, 80)).toBe(10);
});
