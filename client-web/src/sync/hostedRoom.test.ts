import { beforeEach, describe, expect, test } from 'vitest';
import { REQUEST_PATIENCE_MS } from '../constants';
import { maySteer } from './roles';
import { TestingClock } from './testing/TestingClock';
import { TestingKeeper } from './testing/TestingKeeper';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

const VIDEO = 'dQw4w9WgXcQ';

let clock: TestingClock;
let server: TestingServer;
let keeper: TestingKeeper;
let page: TestingPage;

beforeEach(() => {
  clock = new TestingClock();
  server = new TestingServer(clock);
  server.knowsPeople = true;
  server.set({ videoId: VIDEO, playing: false, positionS: 10 });
  keeper = new TestingKeeper();
  page = new TestingPage({ clock, server, keeper });
});

const view = () => page.session.view.get();
const told = (of = page) =>
  of.session.view.get().activity.map(({ kind, username, own }) => `${own ? 'You' : username} ${kind}`);
const names = (of = page) => of.session.view.get().participants.map(({ username }) => username);

describe('who one is', () => {
  test('is known by the id that the server gives, and its token is kept', () => {
    expect(view().selfId).toBe('person-1');
    expect(keeper.identity?.token).toBe('token of person-1');
    expect(view().participants[0]?.id).toBe('person-1');
  });

  test('stays the same over a reconnect, even if another tab has kept another identity', () => {
    keeper.identity = { participantId: 'person-9', token: 'token of person-9', expiresAt: 0 };
    page.socket.drop();
    page.socket.connect();
    clock.advance(1000);
    expect(view().selfId).toBe('person-1');
    expect(names()).toEqual(['Alice']);
  });

  test('two tabs are one line in both, and nobody is told of the second', () => {
    const bob = new TestingPage({ clock, server, username: 'Bob' });
    const before = [told(), told(bob)];
    const tab = new TestingPage({ clock, server, keeper });
    expect(names(tab)).toEqual(['Alice', 'Bob']);
    expect(names()).toEqual(['Alice', 'Bob']);
    tab.session.close();
    clock.advance(1000);
    expect(names(bob)).toEqual(['Alice', 'Bob']);
    expect([told(), told(bob)]).toEqual(before);
  });

  test('the socket from before a reload goes without a word, to itself and to others', () => {
    const bob = new TestingPage({ clock, server, username: 'Bob' });
    const before = told(bob);
    const reloaded = new TestingPage({ clock, server, keeper });
    page.session.close();
    clock.advance(1000);
    expect(told(bob)).toEqual(before);
    expect(told(reloaded)).toEqual([]);
  });

  test('a page that was in the room says so until it is in again', () => {
    const back = new TestingPage({ clock, server, keeper });
    back.session.comeBack('Alice');
    expect(back.session.view.get().returning).toBe(true);
    clock.advance(100);
    expect(back.session.view.get()).toMatchObject({ returning: false, joined: true });
  });

  test('another name counts when the room has taken it, and a refused one changes nothing', () => {
    const bob = new TestingPage({ clock, server, username: 'Bob' });
    page.session.rename('Alicia');
    expect(view().username).toBe('Alice');
    clock.advance(100);
    expect(view().username).toBe('Alicia');
    expect(names(bob)).toEqual(['Alicia', 'Bob']);
    expect(bob.session.view.get().activity[0]).toMatchObject({ kind: 'renamed', before: 'Alice' });

    server.ignoresJoins = true;
    page.session.rename('No');
    server.tell('session:error', { event: 'session:join', code: 'RATE_LIMITED', message: 'slow' });
    clock.advance(100);
    expect(view()).toMatchObject({ username: 'Alicia', joined: true, notice: { code: 'RATE_LIMITED' } });
  });
});

describe('a room that refuses', () => {
  function knock() {
    const guest = new TestingPage({ clock, server, username: 'Bob' });
    return { guest, look: () => guest.session.view.get() };
  }

  test.each(['ROOM_LOCKED', 'PASSWORD_REQUIRED', 'WRONG_PASSWORD', 'RATE_LIMITED', 'KICKED', 'ROOM_CLOSED'])(
    '%s is told, and not tried again by itself',
    code => {
      server.door = () => code;
      const { guest, look } = knock();
      expect(look()).toMatchObject({ refusal: { code }, joined: false, notice: undefined });
      guest.session.networkChanged();
      clock.advance(120_000);
      expect(guest.socket.connections).toBe(1);
      expect(server.participants).toEqual(['Alice']);
    },
  );

  test('takes who knows the password, under the name that was asked for', () => {
    server.door = ({ password }) => {
      if (password === undefined) return 'PASSWORD_REQUIRED';
      return password === 'open sesame' ? undefined : 'WRONG_PASSWORD';
    };
    const { guest, look } = knock();
    const first = look().refusal;
    guest.session.enterAgain('let me in');
    clock.advance(100);
    expect(look().refusal).toMatchObject({ code: 'WRONG_PASSWORD' });
    expect(look().refusal?.id).not.toBe(first?.id);
    guest.session.enterAgain('open sesame');
    clock.advance(100);
    expect(look()).toMatchObject({ refusal: undefined, joined: true });
    guest.socket.drop();
    guest.socket.connect();
    clock.advance(100);
    expect(look()).toMatchObject({ refusal: undefined, joined: true });
  });

  test.each([
    ['room:kick', 'KICKED'],
    ['room:close', 'ROOM_CLOSED'],
  ])('%s ends the stay in it', (event, code) => {
    server.sendAway('person-1', event, code);
    clock.advance(100);
    expect(view()).toMatchObject({ refusal: { code }, joined: false });
    clock.advance(120_000);
    expect(page.socket.connected).toBe(false);
  });

  test('an open room that is switched off is told, and not tried again by itself', () => {
    page.socket.drop();
    page.socket.fail(undefined, { byServer: 'No room for everybody', code: 'DEFAULT_ROOM_OFF' });
    expect(view()).toMatchObject({ refusal: { code: 'DEFAULT_ROOM_OFF' }, notice: undefined });
    clock.advance(120_000);
    expect(page.socket.connections).toBe(1);
  });

  test('a host who sends people away too fast stays', () => {
    server.tell('session:error', { event: 'room:kick', code: 'RATE_LIMITED', message: 'slowly' });
    clock.advance(100);
    expect(view()).toMatchObject({ refusal: undefined, joined: true, notice: { code: 'RATE_LIMITED' } });
  });

  test('the refusal of a request of ours does not end the stay', () => {
    server.tell('session:error', { event: 'session:play', code: 'NOT_ALLOWED', message: 'no' });
    clock.advance(100);
    expect(view()).toMatchObject({ refusal: undefined, joined: true });
  });
});

describe('a room with hosts', () => {
  test('tells of their decisions', () => {
    server.inform({ hosts: ['person-1'] });
    clock.advance(100);
    server.inform({ locked: true, changedBy: 'Zoe' });
    server.inform({ steering: 'hosts', title: 'Film', hasPassword: true });
    clock.advance(100);
    expect(told()).toEqual(['Zoe passwordSet', 'Zoe hostsSteer', 'Zoe titled', 'Zoe locked', 'You madeHost']);
  });

  test('tells of a decision from here as our own, and of the same name’s as another’s', async () => {
    const answer = page.session.host.update({ locked: true });
    clock.advance(20);
    server.inform({ locked: true, changedBy: 'Alice' });
    clock.advance(100);
    expect(await answer).toBeUndefined();
    clock.advance(10_000);
    server.inform({ locked: false, changedBy: 'Alice' });
    clock.advance(100);
    expect(told()).toEqual(['Alice unlocked', 'You locked']);
  });

  test('names the person whose role changes, if they are here', () => {
    new TestingPage({ clock, server, username: 'Bob' });
    server.inform({ hosts: ['person-2', 'person-9'] });
    server.inform({ hosts: ['person-9'] });
    clock.advance(100);
    expect(told().slice(0, 2)).toEqual(['Bob madeGuest', 'Bob madeHost']);
  });

  test('a request returns its refusal', async () => {
    server.refuseNextRequest = 'NOT_ALLOWED';
    const refused = page.session.host.removeHost('person-1');
    const done = page.session.host.kick('person-2');
    clock.advance(100);
    expect(await refused).toMatchObject({ event: 'room:removeHost', code: 'NOT_ALLOWED' });
    expect(await done).toBeUndefined();
    expect(server.requests.map(({ event, payload }) => [event, payload])).toEqual([
      ['room:removeHost', { participantId: 'person-1' }],
      ['room:kick', { participantId: 'person-2' }],
    ]);
  });

  test('a request that gets no answer has failed', async () => {
    const lost = page.session.host.update({ locked: true });
    page.socket.drop();
    clock.advance(REQUEST_PATIENCE_MS);
    expect(await lost).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await page.session.host.addHost('person-2')).toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('while only hosts steer', () => {
  beforeEach(() => {
    server.change('play', 100);
    server.inform({ hosts: ['person-9'], steering: 'hosts' });
    clock.advance(2000);
  });

  test.each<[string, () => void]>([
    ['play', () => page.playback.play()],
    ['pause', () => page.playback.pause()],
    ['the space bar', () => page.playback.toggle()],
    ['a seek', () => page.playback.seekTo(30)],
    ['a step', () => page.playback.seekBy(5)],
  ])('%s of a guest does nothing but say why', (_, act) => {
    act();
    clock.advance(1000);
    expect(server.commands).toEqual([]);
    expect(page.playback.deltaMs()).toBeGreaterThan(-300);
    expect(view().notice).toMatchObject({ event: 'session:play', code: 'NOT_ALLOWED' });
  });

  test('a guest’s gesture in the player is taken back', () => {
    page.player.personPauses();
    clock.advance(3000);
    expect(server.commands).toEqual([]);
    expect(page.player.state()).toBe('playing');
    expect(Math.abs(page.playback.deltaMs() ?? 1e9)).toBeLessThan(300);
    expect(view().notice?.code).toBe('NOT_ALLOWED');
  });

  test('a guest puts on no video', () => {
    expect(page.session.changeVideo('M7lc1UVf-VE')).toBe(false);
    clock.advance(1000);
    expect(server.commands).toEqual([]);
  });

  test('a host steers', () => {
    server.inform({ hosts: ['person-1'] });
    clock.advance(100);
    expect(maySteer(view())).toBe(true);
    page.playback.pause();
    clock.advance(1000);
    expect(server.commands.map(({ event }) => event)).toEqual(['session:pause']);
    expect(view().notice).toBeUndefined();
  });
});

test('a command that the room denies is taken back at once', () => {
  server.change('play', 100);
  clock.advance(2000);
  server.inform({ hosts: ['person-9'], steering: 'hosts' });
  page.playback.pause();
  expect(page.playback.view.get().playing).toBe(false);
  clock.advance(100);
  expect(page.playback.view.get().playing).toBe(true);
  clock.advance(2000);
  expect(page.player.state()).toBe('playing');
  expect(view().notice?.code).toBe('NOT_ALLOWED');
  expect(server.commands).toHaveLength(1);
});

test('a room that nobody owns obeys everyone', () => {
  expect(view().room).toMatchObject({ owned: false });
  expect(maySteer(view())).toBe(true);
});
