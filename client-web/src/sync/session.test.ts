import { beforeEach, describe, expect, test } from 'vitest';
import { Credentials } from './credentials';
import { Session } from './session';
import { TestingClock } from './testing/TestingClock';
import { TestingKeeper } from './testing/TestingKeeper';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER = 'M7lc1UVf-VE';

let clock: TestingClock;
let server: TestingServer;
let page: TestingPage;

beforeEach(() => {
  clock = new TestingClock();
  server = new TestingServer(clock);
  server.set({ videoId: VIDEO, playing: false, positionS: 10 });
  page = new TestingPage({ clock, server });
});

const view = () => page.session.view.get();
const names = () => view().participants.map(user => user.username);

test('joins with its name and knows itself among the participants', () => {
  expect(names()).toEqual(['Alice']);
  expect(view().participants[0]?.id).toBe(view().selfId);
});

test('joins again after each reconnect, under its new id', () => {
  const firstId = view().selfId;
  for (let i = 0; i < 3; i++) {
    page.socket.drop();
    clock.advance(1000);
    expect(server.participants).toEqual([]);
    page.socket.connect();
    clock.advance(1000);
    expect(server.participants).toEqual(['Alice']);
  }
  expect(names()).toEqual(['Alice']);
  expect(view().selfId).not.toBe(firstId);
});

test('takes the snapshot of a new connection although its numbers start lower', () => {
  page.socket.drop();
  server.seq = 3;
  server.set({ videoId: VIDEO, playing: false, positionS: 200 });
  page.socket.connect();
  clock.advance(1000);
  server.change('seek', 300);
  clock.advance(1000);
  expect(page.playback.positionS()).toBeCloseTo(300);
});

test('ignores changes that it has seen', () => {
  server.change('seek', 50);
  clock.advance(1000);
  server.tell('session:seek', { time: 400, seq: server.seq, lastUpdatedAt: 0, username: 'Zoe' });
  server.tell('session:videoChange', {
    videoId: 'M7lc1UVf-VE',
    seq: server.seq - 1,
    lastUpdatedAt: 0,
    username: 'Zoe',
  });
  clock.advance(1000);
  expect(page.playback.view.get().videoId).toBe(VIDEO);
  expect(page.playback.positionS()).toBeCloseTo(50);
  expect(view().activity).toHaveLength(1);
});

test('ignores a heartbeat that is older than the last change', () => {
  server.change('play', 50);
  clock.advance(3000);
  server.tell('session:sync', { time: 400, seq: server.seq - 1, lastUpdatedAt: 0 });
  clock.advance(200);
  expect(page.playback.deltaMs()).toBeGreaterThan(-1000);
});

test('believes a heartbeat that is newer than all it has seen: the room plays', () => {
  server.tell('session:sync', { time: 70, seq: server.seq + 1, lastUpdatedAt: 0 });
  clock.advance(1000);
  expect(page.playback.view.get().playing).toBe(true);
});

test('tells its own actions from those of others', () => {
  page.playback.toggle();
  clock.advance(1000);
  server.change('pause', 60);
  clock.advance(1000);
  expect(view().activity.map(({ kind, username, own }) => [kind, username, own])).toEqual([
    ['pause', 'Zoe', false],
    ['play', 'Alice', true],
  ]);
});

test('goes by the name that the server made of its own', () => {
  server.nameOf = typed => typed.trim();
  const zoe = new TestingPage({ clock, server, username: ' Zoe ' });
  zoe.playback.toggle();
  clock.advance(1000);
  expect(zoe.session.view.get().activity[0]).toMatchObject({ kind: 'play', username: 'Zoe', own: true });
});

test('puts a video on where its link says that it begins', () => {
  const zoe = new TestingPage({ clock, server, username: 'Zoe' });
  page.session.changeVideo('M7lc1UVf-VE', 90);
  clock.advance(1000);
  for (const { playback } of [page, zoe]) {
    expect(playback.view.get()).toMatchObject({ videoId: 'M7lc1UVf-VE', playing: false, positionS: 90 });
  }
  expect(server.commands.map(({ event }) => event)).toEqual(['session:changeVideo', 'session:pause']);
});

test('tells of a video that stands where its link says as one action', () => {
  const zoe = new TestingPage({ clock, server, username: 'Zoe' });
  page.session.changeVideo('M7lc1UVf-VE', 90);
  clock.advance(1000);
  for (const { session } of [page, zoe]) {
    expect(session.view.get().activity[0]).toMatchObject({ kind: 'changeVideo', username: 'Alice' });
  }
  zoe.playback.toggle();
  clock.advance(1000);
  zoe.playback.toggle();
  clock.advance(1000);
  expect(page.session.view.get().activity[0]).toMatchObject({ kind: 'pause', username: 'Zoe' });
});

test('puts a video on where its link says, even before there is a player', () => {
  page.playback.detach();
  page.session.changeVideo('M7lc1UVf-VE', 90);
  clock.advance(1000);
  expect(server.positionS()).toBe(90);
  page.playback.attach(page.player, '');
  clock.advance(1000);
  expect(page.playback.view.get()).toMatchObject({ videoId: 'M7lc1UVf-VE', positionS: 90 });
  expect(page.player.calls).toContain('cue M7lc1UVf-VE 90.0');
});

test('a refused video moves nothing', () => {
  server.refuseNext = 'RATE_LIMITED';
  page.session.changeVideo('M7lc1UVf-VE', 90);
  clock.advance(1000);
  server.changeVideo('M7lc1UVf-VE', 'Alice');
  clock.advance(1000);
  expect(server.positionS()).toBe(0);
});

test('keeps the list of people, and only those who were on it leave', () => {
  const other = new TestingPage({ clock, server, username: 'Bob' });
  expect(names()).toEqual(['Alice', 'Bob']);
  other.socket.drop();
  server.tell('session:userLeft', { socketId: 'nobody', username: 'Nobody' });
  clock.advance(1000);
  expect(names()).toEqual(['Alice']);
  expect(view().activity.map(({ kind, username }) => `${username} ${kind}`)).toEqual([
    'Bob left',
    'Bob joined',
  ]);
});

test('tells what was done while it was away', () => {
  page.socket.drop();
  server.change('pause', 40, 'Zoe');
  page.socket.connect();
  clock.advance(1000);
  expect(view().activity.map(({ kind, username }) => `${username} ${kind}`)).toEqual(['Zoe pause']);
});

test('remembers a bounded number of actions', () => {
  for (let i = 0; i < 100; i++) server.change('seek', i);
  clock.advance(1000);
  expect(view().activity).toHaveLength(30);
  expect(view().activity[0]?.timeS).toBe(99);
});

test('says how it is connected', () => {
  expect(view().connection).toBe('online');
  page.socket.drop();
  expect(view().connection).toBe('reconnecting');
  page.networkUp = false;
  page.session.networkChanged();
  expect(view().connection).toBe('offline');
  page.networkUp = true;
  page.session.networkChanged();
  expect(view().connection).toBe('online');
});

test('comes back by itself when the server closed the connection', () => {
  page.socket.drop({ byServer: true });
  clock.advance(4900);
  expect(page.socket.connected).toBe(false);
  clock.advance(200);
  expect(page.socket.connected).toBe(true);
});

test('a refused join leads back to the question for a name, with the reason', () => {
  server.tell('session:error', { event: 'session:join', code: 'ROOM_FULL', message: 'The room is full.' });
  clock.advance(100);
  expect(view().username).toBeUndefined();
  expect(view().notice?.message).toBe('The room is full.');
});

test('measures the way to the server', () => {
  expect(page.session.latencyMs()).toBeCloseTo(20);
});

/** A session without a name, whose server may be out of reach. */
function session({ reachable }: { reachable: boolean }) {
  const socket = server.socket();
  socket.reachable = reachable;
  const made = new Session({
    socket: socket.port,
    credentials: new Credentials(new TestingKeeper()),
    clock,
    isHidden: () => false,
    isNetworkUp: () => true,
    random: () => 0.5,
  });
  made.start();
  return { session: made, socket, look: () => made.view.get() };
}

test('is in the room only when the room has taken it in', () => {
  const { session: late, socket, look } = session({ reachable: false });
  late.join('Bob');
  clock.advance(1000);
  expect(look()).toMatchObject({ username: 'Bob', joined: false, participants: [] });

  socket.reachable = true;
  socket.connect();
  clock.advance(30);
  expect(look().joined).toBe(false);
  clock.advance(100);
  expect(look().joined).toBe(true);
  socket.drop();
  expect(look().joined).toBe(true);
});

test('a join that the server dropped is sent again', () => {
  const { session: eager, look } = session({ reachable: true });
  server.ignoresJoins = true;
  eager.join('Bob');
  clock.advance(4000);
  expect(look().joined).toBe(false);
  server.ignoresJoins = false;
  clock.advance(2000);
  expect(look().joined).toBe(true);
});

test('a join is taken back as long as the room has not answered', () => {
  const { session: hasty, socket, look } = session({ reachable: false });
  hasty.join('Bbo');
  hasty.cancelJoin();
  socket.reachable = true;
  socket.connect();
  clock.advance(6000);
  expect(look()).toMatchObject({ username: undefined, joined: false });
  expect(server.participants).toEqual(['Alice']);
});

test('says that the server is out of reach when it does not answer at all', () => {
  const { socket, look } = session({ reachable: false });
  clock.advance(4900);
  expect(look().connectionProblem).toBeUndefined();
  clock.advance(200);
  expect(look().connectionProblem).toBe('unreachable');
  socket.reachable = true;
  socket.connect();
  expect(look()).toMatchObject({ connection: 'online', connectionProblem: undefined });
});

test.each([
  [0, 'unreachable'],
  [undefined, 'unreachable'],
  [502, 'unreachable'],
  [503, 'busy'],
  [429, 'too-many'],
])('an attempt that ends with the status %j means %j', (status, problem) => {
  const { socket, look } = session({ reachable: false });
  socket.fail(status);
  expect(look()).toMatchObject({ connection: 'connecting', connectionProblem: problem });
});

test('a refusal of the connection is told, and tried again', () => {
  const { socket, look } = session({ reachable: false });
  socket.fail(undefined, { byServer: 'no such room' });
  expect(look()).toMatchObject({ connectionProblem: 'refused', notice: { message: 'no such room' } });
  socket.reachable = true;
  clock.advance(5100);
  expect(look().connection).toBe('online');
});

test('a closed session is off the list, and stays off', () => {
  const { session: other, look } = session({ reachable: true });
  other.join('Bob');
  clock.advance(1000);
  expect(names()).toEqual(['Alice', 'Bob']);
  other.close();
  const last = look();
  server.change('play', 50);
  clock.advance(60_000);
  expect(names()).toEqual(['Alice']);
  expect(look()).toBe(last);
});

const told = () => view().activity.map(({ kind, username, own }) => `${own ? 'You' : username} ${kind}`);

describe.each([true, false])('after a restart, with the old id: %j', recoversId => {
  function restart() {
    page.socket.recoversId = recoversId;
    page.socket.drop();
    server.restart();
    clock.advance(1000);
    page.socket.connect();
    clock.advance(1000);
  }

  test.each<[string, () => void, string]>([
    ['play', () => page.playback.play(), 'You play'],
    ['pause', () => page.playback.pause(), 'You pause'],
    ['seek', () => page.playback.seekTo(50), 'You seek'],
    ['video', () => page.session.changeVideo(OTHER), 'You changeVideo'],
    ['play of another', () => server.change('play', 20), 'Zoe play'],
    ['pause of another', () => server.change('pause', 20), 'Zoe pause'],
    ['seek of another', () => server.change('seek', 20), 'Zoe seek'],
    ['video of another', () => server.changeVideo(OTHER), 'Zoe changeVideo'],
  ])('a %s that was told is not told again', (_, act, words) => {
    act();
    clock.advance(2000);
    expect(told()).toEqual([words]);
    restart();
    restart();
    expect(told()).toEqual([words]);
  });

  test('what it did itself, and was not told before the loss, is its own', () => {
    page.playback.pause();
    clock.advance(21);
    restart();
    expect(told()).toEqual(['You pause']);
  });

  test('an older state of the room that was told is not told again', () => {
    server.change('pause', 20);
    clock.advance(100);
    const { lastUpdatedAt } = { lastUpdatedAt: clock.nowMs() - 100 };
    server.change('seek', 50);
    clock.advance(100);
    server.tell('session:init', {
      videoId: VIDEO,
      playbackTime: 20,
      isPlaying: false,
      lastAction: 'pause',
      lastActionBy: 'somebody',
      lastActionByUsername: 'Zoe',
      seq: 5000,
      lastUpdatedAt,
      users: {},
    });
    clock.advance(100);
    expect(told()).toEqual(['Zoe seek', 'Zoe pause']);
  });
});

test('people who come back as the same after a restart have not joined', () => {
  const bob = new TestingPage({ clock, server, username: 'Bob' });
  bob.socket.recoversId = true;
  page.socket.recoversId = true;
  const before = told();
  page.socket.drop();
  bob.socket.drop();
  clock.advance(100);
  page.socket.connect();
  clock.advance(1000);
  expect(names()).toEqual(['Alice']);
  bob.socket.connect();
  clock.advance(1000);
  expect(names()).toEqual(['Alice', 'Bob']);
  expect(told()).toEqual(before);
});

test('a video that was replaced can be put back on, where and as it was', () => {
  page.playback.play();
  clock.advance(5000);
  const atS = server.positionS();
  server.changeVideo(OTHER);
  clock.advance(4000);
  expect(view().replaced).toMatchObject({ videoId: VIDEO, playing: true, username: 'Zoe', own: false });
  expect(view().replaced?.positionS).toBeCloseTo(atS, 0);

  expect(page.session.restoreVideo()).toBe(true);
  clock.advance(2000);
  expect(view().replaced).toBeUndefined();
  expect(page.playback.view.get()).toMatchObject({ videoId: VIDEO, playing: true });
  expect(server.positionS()).toBeCloseTo(atS + 2, 0);
  expect(told()).toEqual(['You play', 'You seek', 'You restored', 'Zoe changeVideo', 'You play']);
  expect(page.session.restoreVideo()).toBe(false);
});

test('a paused video comes back paused, and a video after none offers nothing', () => {
  server.changeVideo(OTHER);
  clock.advance(100);
  page.session.restoreVideo();
  clock.advance(1000);
  expect(page.playback.view.get()).toMatchObject({ videoId: VIDEO, playing: false, positionS: 10 });

  server.set({ videoId: '', playing: false, positionS: 0 });
  const late = new TestingPage({ clock, server, username: 'Bob' });
  server.changeVideo(OTHER);
  clock.advance(100);
  expect(late.session.view.get().replaced).toBeUndefined();
});

test('the offer to put a video back on ends after 10 s, and when somebody took it', () => {
  server.changeVideo(OTHER);
  clock.advance(9900);
  expect(view().replaced).toBeDefined();
  clock.advance(200);
  expect(view().replaced).toBeUndefined();

  server.changeVideo(VIDEO);
  clock.advance(100);
  server.changeVideo(OTHER);
  clock.advance(100);
  expect(view().replaced).toBeUndefined();
  expect(told()[0]).toBe('Zoe restored');
});
