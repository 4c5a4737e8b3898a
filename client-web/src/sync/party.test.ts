import { describe, expect, test } from 'vitest';
import { TestingClock } from './testing/TestingClock';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

/** A small generator of equal luck on every run (mulberry32). */
function seeded(seed: number): (fromMs: number, toMs: number) => number {
  let state = seed;
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return from + (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (to - from);
  };
}

const PROMISE_S = 0.3;
describe.each([
  // onTheWayMs: how long after an action the pages may still be on their way to each other.
  { name: 'players with rates', rates: [0.75, 1, 1.25], onTheWayMs: 2200 },
  { name: 'players without rates', rates: [1], onTheWayMs: 4500 },
])('two pages with $name', ({ rates, onTheWayMs }) => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'stay within 0.3 s over a minute of actions, run %i',
    seed => {
      const random = seeded(seed);
      const clock = new TestingClock();
      const server = new TestingServer(clock);
      server.set({ videoId: 'dQw4w9WgXcQ', playing: false, positionS: 0 });
      const pages = ['Alice', 'Bob'].map(
        username =>
          new TestingPage({
            clock,
            server,
            username,
            delayMs: () => random(10, 60),
            player: { delayMs: () => random(50, 200), rates },
          }),
      ) as [TestingPage, TestingPage];
      const [alice, bob] = pages;

      const actions: [string, () => void][] = [
        ['play', () => alice.playback.play()],
        ['seek', () => bob.playback.seekTo(120)],
        ['pause', () => alice.playback.pause()],
        ['seek', () => alice.playback.seekTo(30)],
        ['play', () => bob.playback.play()],
        ['seek', () => bob.player.personDrags(300)],
        ['pause', () => bob.player.personPauses()],
        ['play', () => alice.player.personPlays()],
        ['changeVideo', () => bob.session.changeVideo('M7lc1UVf-VE')],
        ['play', () => alice.playback.play()],
      ];
      for (const [, act] of actions) {
        act();
        clock.advance(onTheWayMs);
        let worstS = 0;
        for (let i = 0; i < 40; i++) {
          clock.advance(100);
          worstS = Math.max(
            worstS,
            Math.abs((alice.playback.positionS() ?? 0) - (bob.playback.positionS() ?? 0)),
          );
        }
        expect(worstS).toBeLessThan(PROMISE_S);
        expect(alice.player.state()).toBe(bob.player.state());
      }
      expect(server.commands.map(command => command.event)).toEqual(
        actions.map(([event]) => `session:${event}`),
      );
    },
  );
});
