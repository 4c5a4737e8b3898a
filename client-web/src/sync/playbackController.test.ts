import { beforeEach, describe, expect, test } from 'vitest';
import { TestingClock } from './testing/TestingClock';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

const VIDEO = 'dQw4w9WgXcQ';

let clock: TestingClock;
let server: TestingServer;

beforeEach(() => {
  clock = new TestingClock();
  server = new TestingServer(clock);
});

function pageIn(playback: { playing: boolean; positionS: number }, options = {}): TestingPage {
  server.set({ videoId: VIDEO, ...playback });
  const page = new TestingPage({ clock, server, ...options });
  clock.advance(4000);
  page.player.calls.length = 0;
  return page;
}

const playingAt100 = (options = {}) => pageIn({ playing: true, positionS: 95 }, options);
const pausedAt100 = (options = {}) => {
  const page = playingAt100(options);
  server.change('pause', 100);
  clock.advance(4000);
  page.player.calls.length = 0;
  return page;
};
const sent = () => server.commands.map(command => command.event.replace('session:', ''));
const timesSent = () => server.commands.map(command => (command.payload as { time?: number }).time);
const distanceS = (page: TestingPage) => Math.abs(page.player.positionS() - server.positionS());

describe('what the room tells is never sent back', () => {
  test.each(['play', 'pause', 'seek'] as const)('%s by somebody else, into a playing room', kind => {
    const page = playingAt100();
    server.change(kind, 300);
    clock.advance(10_000);
    expect(sent()).toEqual([]);
    expect(distanceS(page)).toBeLessThan(0.13);
    expect(page.player.state()).toBe(kind === 'pause' ? 'paused' : 'playing');
  });

  test.each(['play', 'pause', 'seek'] as const)('%s by somebody else, into a paused room', kind => {
    const page = pausedAt100();
    server.change(kind, 300);
    clock.advance(10_000);
    expect(sent()).toEqual([]);
    expect(distanceS(page)).toBeLessThan(0.13);
    expect(page.player.state()).toBe(kind === 'play' ? 'playing' : 'paused');
  });

  test('a seek while the player has not played yet does not start it', () => {
    const page = pageIn({ playing: false, positionS: 100 });
    server.change('seek', 300);
    clock.advance(3000);
    expect(page.player.calls).toEqual([`cue ${VIDEO} 300.0`]);
    expect(page.player.state()).toBe('cued');
    server.change('play', 300);
    clock.advance(5000);
    expect(distanceS(page)).toBeLessThan(0.13);
    expect(sent()).toEqual([]);
  });

  test('changes in quick succession, faster than the player', () => {
    const page = playingAt100({ player: { delayMs: () => 450 } });
    for (const kind of ['pause', 'play', 'pause', 'play', 'pause'] as const) {
      server.change(kind, server.positionS());
      clock.advance(230);
    }
    clock.advance(10_000);
    expect(sent()).toEqual([]);
    expect(page.player.state()).toBe('paused');
  });

  test('another video', () => {
    const page = playingAt100();
    server.changeVideo('M7lc1UVf-VE');
    clock.advance(3000);
    expect(sent()).toEqual([]);
    expect(page.player.state()).toBe('cued');
    expect(page.player.calls).toContain('cue M7lc1UVf-VE 0.0');
  });

  test('the same video once more goes back to its start', () => {
    const page = playingAt100();
    server.changeVideo(VIDEO);
    clock.advance(3000);
    expect(page.player.calls).toContain(`cue ${VIDEO} 0.0`);
    expect(page.player.state()).toBe('cued');
    expect(sent()).toEqual([]);
  });
});

describe('what is no gesture', () => {
  test.each([200, 2000, 12_000])('a stall of %i ms is caught up, not sent', stallMs => {
    const page = playingAt100();
    page.player.stalls(stallMs);
    clock.advance(stallMs + 12_000);
    expect(sent()).toEqual([]);
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test('a position that was not told for a while, and then is where the room is', () => {
    const page = playingAt100();
    for (let i = 0; i < 20; i++) {
      page.player.readingErrorS -= 0.1;
      clock.advance(100);
    }
    page.player.readingErrorS = 0;
    clock.advance(3000);
    expect(sent()).toEqual([]);
  });

  test('an advertisement with its own time and length', () => {
    const page = playingAt100();
    page.player.shownDurationS = 15;
    page.player.readingErrorS = -server.positionS();
    clock.advance(1000);
    page.player.shownDurationS = 600;
    page.player.readingErrorS = 0;
    clock.advance(6000);
    expect(sent()).toEqual([]);
  });

  test('a page that the browser paused catches up when it is seen', () => {
    const page = playingAt100();
    page.setHidden(true);
    clock.advance(2000);
    page.player.personPauses();
    clock.advance(20_000);
    page.setHidden(false);
    clock.advance(5000);
    expect(sent()).toEqual([]);
    expect(page.player.state()).toBe('playing');
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test('what happens to the player while there is no connection', () => {
    const page = playingAt100();
    page.socket.drop();
    page.player.personPauses();
    clock.advance(5000);
    page.socket.connect();
    clock.advance(5000);
    expect(sent()).toEqual([]);
    expect(page.player.state()).toBe('playing');
  });

  test('the end of the video', () => {
    const page = pageIn({ playing: true, positionS: 590 });
    clock.advance(30_000);
    clock.advance(5000);
    expect(sent()).toEqual([]);
    expect(page.playback.view.get().ended).toBe(true);
  });
});

describe('gestures in the player', () => {
  test('a pause is sent once, with the time at which it was made', () => {
    const page = playingAt100();
    const pausedAtS = page.player.positionS();
    page.player.personPauses();
    clock.advance(3000);
    expect(sent()).toEqual(['pause']);
    expect(timesSent()[0]).toBeCloseTo(pausedAtS, 1);
    expect(page.player.state()).toBe('paused');
  });

  test('a play is sent once', () => {
    const page = pausedAt100();
    page.player.personPlays();
    clock.advance(3000);
    expect(sent()).toEqual(['play']);
    expect(page.player.state()).toBe('playing');
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test.each([
    [50, 400],
    [350, 400],
    [50, 20],
    [350, 20],
  ])('a drag of %i ms to %i s is one seek, and no pause or play', (heldMs, toS) => {
    const page = playingAt100();
    page.player.personDrags(toS, heldMs);
    clock.advance(4000);
    expect(sent()).toEqual(['seek']);
    expect(Math.abs(page.player.positionS() - toS)).toBeLessThan(5);
    expect(distanceS(page)).toBeLessThan(0.2);
    expect(page.player.state()).toBe('playing');
  });

  test('a slow drag back and forth is one seek, to where it ends', () => {
    const page = playingAt100();
    for (const [i, toS] of [150, 200, 260, 210, 180].entries()) {
      clock.after(i * 300, () => page.player.personClicks(toS));
    }
    clock.advance(6000);
    expect(sent()).toEqual(['seek']);
    expect(timesSent()[0]).toBeGreaterThan(180);
    expect(timesSent()[0]).toBeLessThan(182);
  });

  test('a click into the line of a paused video is a seek', () => {
    const page = pausedAt100();
    page.player.personClicks(250);
    clock.advance(3000);
    expect(sent()).toEqual(['seek']);
    expect(timesSent()).toEqual([250]);
    expect(page.player.state()).toBe('paused');
  });

  test('a heartbeat between a jump and its sending does not throw the person back', () => {
    const page = playingAt100();
    page.player.personClicks(400);
    server.tell('session:sync', { time: server.positionS(), seq: server.seq, lastUpdatedAt: 0 });
    clock.advance(3000);
    expect(sent()).toEqual(['seek']);
    expect(page.player.calls.filter(call => call.startsWith('seek'))).toEqual([]);
  });

  test('a replay after the end is a seek to the start', () => {
    const page = pageIn({ playing: true, positionS: 590 });
    clock.advance(15_000);
    clock.advance(1000);
    page.player.personClicks(0);
    page.player.personPlays();
    clock.advance(3000);
    expect(sent()).toEqual(['seek']);
    expect(timesSent()[0]).toBeLessThan(1);
  });
});

describe('the page’s own controls', () => {
  test('play and pause move the player at once and are sent once', () => {
    const page = pausedAt100();
    page.playback.toggle();
    expect(page.player.calls).toEqual(['play']);
    clock.advance(5000);
    page.playback.toggle();
    expect(page.player.calls.at(-1)).toBe('pause');
    clock.advance(3000);
    expect(sent()).toEqual(['play', 'pause']);
    expect(page.player.state()).toBe('paused');
    expect(distanceS(page)).toBeLessThan(0.11);
  });

  test('pressing play, pause, play faster than the room answers ends in playing', () => {
    const page = pausedAt100({ delayMs: () => 300 });
    for (let i = 0; i < 3; i++) {
      page.playback.toggle();
      clock.advance(150);
    }
    clock.advance(5000);
    expect(sent()).toEqual(['play', 'pause', 'play']);
    expect(page.player.calls.filter(call => !call.startsWith('rate'))).toEqual(['play', 'pause', 'play']);
    expect(page.player.state()).toBe('playing');
    expect(distanceS(page)).toBeLessThan(0.4);
  });

  test('play is sent when the player has started, from where it is', () => {
    const page = pausedAt100({ player: { delayMs: () => 600 } });
    page.playback.play();
    clock.advance(550);
    expect(sent()).toEqual([]);
    expect(page.playback.view.get().playing).toBe(true);
    clock.advance(250);
    expect(sent()).toEqual(['play']);
    clock.advance(300);
    expect(distanceS(page)).toBeLessThan(0.05);
  });

  test('play is sent after a second although the player has not started', () => {
    const page = pausedAt100({ player: { delayMs: () => 5000 } });
    page.playback.play();
    clock.advance(1200);
    expect(sent()).toEqual(['play']);
    expect(timesSent()[0]).toBeCloseTo(100);
  });

  test('play that is taken back before it was sent is not sent', () => {
    const page = pausedAt100({ player: { delayMs: () => 600 } });
    page.playback.play();
    clock.advance(200);
    page.playback.pause();
    clock.advance(5000);
    expect(sent()).toEqual([]);
    expect(page.player.state()).toBe('paused');
    expect(page.playback.view.get().playing).toBe(false);
  });

  test('a seek is sent before a pause that follows it at once', () => {
    const page = playingAt100();
    page.playback.seekTo(300);
    page.playback.pause();
    clock.advance(3000);
    expect(sent()).toEqual(['seek', 'pause']);
    expect(page.player.state()).toBe('paused');
    expect(server.positionS()).toBeCloseTo(300, 0);
    expect(distanceS(page)).toBeLessThan(0.11);
  });

  test('a held arrow key is one seek by all of its steps', () => {
    const page = pausedAt100();
    for (let i = 0; i < 6; i++) {
      page.playback.seekBy(5);
      clock.advance(60);
    }
    clock.advance(3000);
    expect(sent()).toEqual(['seek']);
    expect(timesSent()[0]).toBeCloseTo(130, 0);
  });

  test('a seek in a playing room lands in step', () => {
    const page = playingAt100();
    page.playback.seekTo(300);
    clock.advance(6000);
    expect(sent()).toEqual(['seek']);
    expect(page.player.state()).toBe('playing');
    expect(distanceS(page)).toBeLessThan(0.13);
    expect(server.positionS()).toBeGreaterThan(305);
  });

  test('seeks stay between the start and the end', () => {
    const page = pausedAt100();
    page.playback.seekTo(-20);
    clock.advance(1000);
    page.playback.seekTo(9999);
    clock.advance(1000);
    expect(timesSent()).toEqual([0, 600]);
  });

  test('a player that is far off does not drag the room to where it is', () => {
    const page = playingAt100();
    page.player.stalls(60_000);
    clock.advance(5000);
    page.playback.pause();
    clock.advance(200);
    expect(timesSent()).toEqual([undefined]);
  });

  test.each<[string, (page: TestingPage) => void]>([
    ['that never came', page => page.playback.detach()],
    ['that cannot show the video', page => page.playback.playerFailed()],
  ])('a player %s commands nothing', (_, lose) => {
    const page = playingAt100();
    lose(page);
    expect(page.playback.view.get().takesPart).toBe(false);
    page.playback.toggle();
    page.playback.pause();
    page.playback.seekTo(300);
    page.playback.seekBy(5);
    clock.advance(5000);
    expect(sent()).toEqual([]);
    expect(page.playback.view.get().playing).toBe(true);
  });

  test('a player that failed commands again when it plays', () => {
    const page = pausedAt100();
    page.playback.playerFailed();
    server.change('play', 100);
    clock.advance(3000);
    page.playback.pause();
    clock.advance(500);
    expect(sent()).toEqual(['pause']);
  });

  test('a player that failed commands again with another video', () => {
    const page = pausedAt100();
    page.playback.playerFailed();
    server.changeVideo('M7lc1UVf-VE');
    clock.advance(3000);
    page.playback.toggle();
    clock.advance(3000);
    expect(sent()).toEqual(['play']);
  });

  test('nothing is sent or kept for later without a connection', () => {
    const page = pausedAt100();
    page.socket.drop();
    page.playback.toggle();
    page.playback.seekTo(300);
    clock.advance(5000);
    page.socket.connect();
    clock.advance(3000);
    expect(sent()).toEqual([]);
    expect(page.player.state()).toBe('paused');
  });

  test('a refused command is taken back', () => {
    const page = pausedAt100();
    server.refuseNext = 'RATE_LIMITED';
    page.playback.toggle();
    expect(page.playback.view.get().playing).toBe(true);
    clock.advance(2000);
    expect(page.playback.view.get().playing).toBe(false);
    expect(page.player.state()).toBe('paused');
    expect(page.session.view.get().notice?.message).toBe('Not so fast.');
  });

  test('a command that is never answered is taken back', () => {
    const page = pausedAt100();
    server.received = () => undefined;
    page.playback.toggle();
    clock.advance(6000);
    expect(page.playback.view.get().playing).toBe(false);
    expect(page.player.state()).toBe('paused');
  });

  test('play after the end starts the video again', () => {
    const page = pageIn({ playing: true, positionS: 590 });
    clock.advance(15_000);
    clock.advance(500);
    page.playback.toggle();
    clock.advance(3000);
    expect(sent()).toEqual(['seek']);
    expect(timesSent()[0]).toBeLessThan(1);
    expect(page.player.state()).toBe('playing');
  });
});

describe('corrections', () => {
  test('a pause lands on its frame as soon as the player has paused', () => {
    const page = playingAt100();
    server.change('pause', server.positionS() - 0.6);
    clock.advance(250);
    expect(distanceS(page)).toBeLessThan(0.01);
  });

  test('a start aims ahead by what the last one lost', () => {
    const page = playingAt100({ player: { delayMs: () => 300 } });
    server.changeVideo('M7lc1UVf-VE');
    clock.advance(2000);
    server.change('seek', 200);
    server.change('play', 200);
    clock.advance(1000);
    expect(page.player.state()).toBe('playing');
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test('the difference that is shown is the player’s from the room, in steps of 10 ms', () => {
    const page = playingAt100({ player: { rates: [1] } });
    page.player.readingErrorS = -0.0234;
    const beforeMs = page.playback.deltaMs() as number;
    clock.advance(2500);
    expect(Math.abs(beforeMs)).toBeGreaterThan(50);
    expect(page.playback.view.get().deltaMs).toBe(Math.round(beforeMs / 10) * 10);
  });

  test('a small difference is nudged away without a jump', () => {
    const page = playingAt100();
    page.player.stalls(500);
    clock.advance(6000);
    expect(page.player.calls).toEqual(['rate 1.25', 'rate 1']);
    expect(distanceS(page)).toBeLessThan(0.08);
  });

  test('a player without other rates jumps, once', () => {
    const page = playingAt100({ player: { rates: [1] } });
    page.player.stalls(500);
    clock.advance(8000);
    expect(page.player.calls.filter(call => call.startsWith('seek'))).toHaveLength(1);
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test('a player that ignores rates is jumped in the end', () => {
    const page = playingAt100();
    page.player.setRate = () => undefined;
    page.player.stalls(500);
    clock.advance(30_000);
    expect(page.player.calls.some(call => call.startsWith('seek'))).toBe(true);
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test('jumps that do not help become seldom', () => {
    const page = playingAt100({ player: { rates: [1] } });
    page.player.seekTo = positionS => page.player.calls.push(`seek ${positionS}`);
    page.player.stalls(3000);
    clock.advance(60_000);
    const seeks = page.player.calls.filter(call => call.startsWith('seek'));
    expect(seeks.length).toBeGreaterThan(1);
    expect(seeks.length).toBeLessThan(8);
  });

  test('a jump aims ahead by what the last ones lost', () => {
    const page = playingAt100({ player: { delayMs: () => 600 } });
    for (let i = 0; i < 3; i++) {
      server.change('seek', 200 + 100 * i);
      clock.advance(6000);
    }
    server.change('seek', 50);
    clock.advance(1500);
    expect(distanceS(page)).toBeLessThan(0.13);
  });

  test('a blocked autoplay asks for a click and joins the room then', () => {
    const page = playingAt100({ player: { blocked: true } });
    clock.advance(3000);
    expect(page.playback.view.get().blocked).toBe(true);
    page.player.blocked = false;
    page.playback.toggle();
    clock.advance(4000);
    expect(page.playback.view.get().blocked).toBe(false);
    expect(page.player.state()).toBe('playing');
    expect(distanceS(page)).toBeLessThan(0.13);
    expect(sent()).toEqual([]);
  });
});
