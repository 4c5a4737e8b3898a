import type {
  ConnectAuth,
  PeoplePage,
  PeopleRequest,
  PlayerReport,
  RoomInfo,
  User,
  UserReport,
} from '../../protocol/messages';
import type { SocketPort } from '../socket';
import type { TestingClock } from './TestingClock';

type Listener = (payload?: unknown) => void;
type Shown = Pick<ConnectAuth, 'identity' | 'password'>;

interface SentCommand {
  readonly from: string;
  readonly event: string;
  readonly payload: unknown;
}

const UNOWNED: RoomInfo = {
  owned: false,
  title: '',
  steering: 'everyone',
  locked: false,
  hasPassword: false,
  hosts: [],
  closed: false,
  changedBy: '',
};

/** One room of the server, as the contract has it; messages take their sockets' delay each way. */
export class TestingServer {
  readonly commands: SentCommand[] = [];
  readonly requests: SentCommand[] = [];
  /** The reports of all sockets, in the order in which they came. */
  readonly reported: PlayerReport[] = [];
  /** Whether joins get no answer, as those that come too fast. */
  ignoresJoins = false;
  /** The code of the error that the next command gets instead of being carried out. */
  refuseNext: string | undefined;
  seq = 1000;
  /** How many users a snapshot lists, apart from its receiver. */
  maxListed = 200;
  /** Whether requests about the room get no answer. */
  ignoresRequests = false;
  /** Whether it knows people by their tokens, and hosts. */
  knowsPeople = false;
  /** Answers those who connect; a code keeps them out. */
  door: (shown: Shown) => string | undefined = () => undefined;
  /** The code of the error that the next request of a host gets. */
  refuseNextRequest: string | undefined;
  /** The code of the error that the next report gets. */
  refuseNextReport: string | undefined;
  /** The form in which it shows a name. */
  nameOf: (typed: string) => string = typed => typed;

  private readonly clock: TestingClock;
  private readonly sockets = new Set<TestingSocket>();
  private users: Record<string, User> = {};
  private reports: Record<string, UserReport> = {};
  private info = UNOWNED;
  private nextPerson = 1;
  private lastAction = { lastAction: 'init', lastActionBy: 'system', lastActionByUsername: 'System' };
  private videoId = '';
  private playing = false;
  private atS = 0;
  private sinceMs = 0;
  private updatedAtMs = 0;

  constructor(clock: TestingClock) {
    this.clock = clock;
    clock.every(1000, () => {
      if (this.playing) this.tell('session:sync', { ...this.stamp(), time: this.positionS() });
    });
  }

  get participants(): string[] {
    return Object.values(this.users).map(user => user.username);
  }

  positionS(): number {
    return this.playing ? this.atS + (this.clock.nowMs() - this.sinceMs) / 1000 : this.atS;
  }

  socket(delayMs: () => number = () => 20, shown: () => Shown = () => ({})): TestingSocket {
    return new TestingSocket(this, this.clock, delayMs, shown);
  }

  /** Changes what hosts decide, and tells everybody. */
  inform(change: Partial<RoomInfo>): void {
    this.info = { ...this.info, owned: true, ...change };
    this.tell('room:info', this.info);
  }

  /** Sends a person away from each tab. */
  sendAway(participantId: string, event: string, code: string): void {
    for (const socket of this.sockets)
      if (socket.personId === participantId) this.turnAway(socket, event, code);
  }

  /** Sets the room as if it had always been so, and tells nobody. */
  set(playback: { videoId: string; playing: boolean; positionS: number }): void {
    this.videoId = playback.videoId;
    this.playing = playback.playing;
    this.atS = playback.positionS;
    this.sinceMs = this.clock.nowMs();
  }

  /** People who came before everybody else, and whom nobody is told of. */
  populate(names: readonly string[]): void {
    const crowd = names.map((username, i) => ({ socketId: `crowd-${i}`, username, joinedAt: i }));
    this.users = { ...Object.fromEntries(crowd.map(user => [user.socketId, user])), ...this.users };
  }

  /** Somebody of the crowd goes. */
  leave(socketId: string): void {
    const user = this.users[socketId];
    delete this.users[socketId];
    this.tell('session:userLeft', { socketId, username: user?.username });
  }

  /** A change by somebody else. */
  change(kind: 'play' | 'pause' | 'seek', atS: number, username = 'Zoe', by = 'somebody'): void {
    this.acted(kind, username, by);
    this.set({
      videoId: this.videoId,
      playing: kind === 'seek' ? this.playing : kind === 'play',
      positionS: atS,
    });
    this.tell(`session:${kind}`, { ...this.stamp(), time: atS, username });
  }

  changeVideo(videoId: string, username = 'Zoe', by = 'somebody'): void {
    this.acted('changeVideo', username, by);
    this.set({ videoId, playing: false, positionS: 0 });
    this.tell('session:videoChange', { ...this.stamp(), videoId, username });
  }

  /** Starts again from its saved state: the changes get other numbers, and clients keep their ids. */
  restart(): void {
    this.seq += 1_000_000;
  }

  tell(event: string, payload: unknown): void {
    for (const socket of this.sockets) socket.deliver(event, payload);
  }

  connected(socket: TestingSocket): void {
    const shown = socket.shown();
    this.sockets.add(socket);
    if (this.knowsPeople) {
      const participantId = shown.identity?.replace('token of ', '') ?? `person-${this.nextPerson++}`;
      socket.personId = participantId;
      socket.deliver('session:identity', {
        participantId,
        token: `token of ${participantId}`,
        expiresAt: 1e15,
      });
    }
    const code = this.door(shown);
    if (code === undefined) this.sendSnapshot(socket);
    else this.turnAway(socket, 'session:init', code);
  }

  disconnected(socket: TestingSocket): void {
    this.sockets.delete(socket);
    const user = this.users[socket.id];
    if (!user) return;
    delete this.users[socket.id];
    delete this.reports[socket.id];
    this.tell('session:userLeft', { socketId: socket.id, username: user.username });
  }

  received(socket: TestingSocket, event: string, payload: unknown, ack?: Listener): void {
    if (event === 'ping') {
      socket.deliver('pong');
      return;
    }
    if (event === 'room:report') {
      this.takeReport(socket, payload as PlayerReport);
      return;
    }
    if (event.startsWith('room:')) {
      this.requested(socket, event, payload, ack);
      return;
    }
    const username = this.users[socket.id]?.username ?? 'Unknown';
    if (event === 'session:join') {
      if (this.ignoresJoins) return;
      this.join(socket, (payload as { username: string }).username);
      return;
    }
    this.commands.push({ from: username, event, payload });
    if (this.refuseNext) {
      socket.deliver('session:error', { event, code: this.refuseNext, message: 'Not so fast.' });
      this.refuseNext = undefined;
    } else if (this.info.steering === 'hosts' && !this.info.hosts.includes(socket.personId)) {
      socket.deliver('session:error', { event, code: 'NOT_ALLOWED', message: 'only hosts may' });
      const correction = { ...this.stamp(), time: this.positionS(), username: 'System' };
      socket.deliver(this.playing ? 'session:play' : 'session:pause', correction);
    } else if (event === 'session:changeVideo') {
      this.changeVideo((payload as { videoId: string }).videoId, username, socket.id);
    } else {
      const kind = event.replace('session:', '') as 'play' | 'pause' | 'seek';
      this.change(kind, (payload as { time?: number }).time ?? this.positionS(), username, socket.id);
    }
  }

  private join(socket: TestingSocket, typed: string): void {
    const username = this.nameOf(typed);
    const { personId } = socket;
    const user = {
      socketId: socket.id,
      username,
      joinedAt: this.users[socket.id]?.joinedAt ?? this.clock.nowMs(),
      ...(personId === '' ? {} : { participantId: personId }),
    };
    this.users = { ...this.users, [socket.id]: user };
    this.sendSnapshot(socket);
    for (const other of this.sockets) if (other !== socket) other.deliver('session:userJoined', { user });
  }

  /** Tells everybody of a report, which the real server does a little later. */
  private takeReport(socket: TestingSocket, report: PlayerReport): void {
    this.reported.push(report);
    const code = this.refuseNextReport;
    this.refuseNextReport = undefined;
    if (code !== undefined) {
      socket.deliver('session:error', { event: 'room:report', code, message: 'Not so fast.' });
      return;
    }
    if (!this.users[socket.id]) return;
    this.setReport({ socketId: socket.id, ...report, reconnecting: false });
  }

  /** Sets how somebody watches, and tells everybody. */
  setReport(report: UserReport): void {
    this.reports[report.socketId] = report;
    this.tell('room:reports', { reports: [report] });
  }

  private reportsOf(users: readonly User[]): UserReport[] {
    return users.flatMap(({ socketId }) => this.reports[socketId] ?? []);
  }

  private requested(socket: TestingSocket, event: string, payload: unknown, ack?: Listener): void {
    this.requests.push({ from: socket.personId, event, payload });
    if (this.ignoresRequests) return;
    const code = this.refuseNextRequest;
    this.refuseNextRequest = undefined;
    if (code !== undefined) socket.answer(ack, { error: { event, code, message: 'No.' } });
    else if (event === 'room:people') socket.answer(ack, this.page(payload as PeopleRequest));
    else socket.answer(ack);
  }

  private page({ offset, search }: PeopleRequest): PeoplePage {
    const found = Object.values(this.users).filter(({ username }) => username.includes(search));
    const people = found.slice(offset, offset + 50);
    return { total: found.length, people, reports: this.reportsOf(people) };
  }

  private turnAway(socket: TestingSocket, event: string, code: string): void {
    socket.deliver('session:error', { event, code, message: 'No.' });
    socket.deliverEnd();
  }

  private sendSnapshot(socket: TestingSocket): void {
    const all = Object.entries(this.users);
    const listed = all.filter(([id], i) => i < this.maxListed || id === socket.id);
    socket.deliver('session:init', {
      ...this.stamp(),
      videoId: this.videoId,
      playbackTime: this.positionS(),
      isPlaying: this.playing,
      ...this.lastAction,
      users: Object.fromEntries(listed),
      ...(listed.length === all.length ? { reports: this.reportsOf(Object.values(this.users)) } : {}),
      ...(listed.length < all.length ? { userCount: this.peopleCount() } : {}),
      ...(this.knowsPeople ? { roomInfo: this.info } : {}),
    });
  }

  private peopleCount(): number {
    return new Set(Object.values(this.users).map(user => user.participantId ?? user.socketId)).size;
  }

  private acted(lastAction: string, lastActionByUsername: string, by: string): void {
    this.seq++;
    this.updatedAtMs = this.clock.nowMs();
    this.lastAction = { lastAction, lastActionBy: by.slice(0, 8), lastActionByUsername };
  }

  private stamp(): { seq: number; lastUpdatedAt: number } {
    return { seq: this.seq, lastUpdatedAt: this.updatedAtMs };
  }
}

let nextSocket = 1;

/** A socket.io-client, as far as the session knows it. Messages stay in order, whatever their delays. */
export class TestingSocket {
  connected = false;
  active = false;
  id = '';
  /** Whose it is, if the server knows people. */
  personId = '';
  /** How often it has connected. */
  connections = 0;
  readonly shown: () => Shown;
  /** Whether there is a server to connect to. */
  reachable = true;
  /** Whether the server gives the id of the lost connection back. */
  recoversId = false;

  private readonly server: TestingServer;
  private readonly clock: TestingClock;
  private readonly delayMs: () => number;
  private readonly listeners = new Map<string, Listener>();
  private lastDeliveryMs = 0;
  private lastReceiptMs = 0;

  constructor(server: TestingServer, clock: TestingClock, delayMs: () => number, shown: () => Shown) {
    this.server = server;
    this.clock = clock;
    this.delayMs = delayMs;
    this.shown = shown;
  }

  /** This socket as the session's type has it; its events' types are checked there. */
  get port(): SocketPort {
    return this as unknown as SocketPort;
  }

  connect(): void {
    if (this.connected) return;
    this.active = true;
    if (!this.reachable) return;
    this.connected = true;
    this.connections++;
    this.id = this.recoversId && this.id ? this.id : `${String(nextSocket++).padStart(8, '0')}-socket`;
    this.listeners.get('connect')?.();
    this.server.connected(this);
  }

  /** Loses the connection. `byServer`: the library does not come back by itself then. */
  drop({ byServer = false } = {}): void {
    this.connected = false;
    this.active = !byServer;
    this.server.disconnected(this);
    this.listeners.get('disconnect')?.();
  }

  /** An attempt to connect has failed, as the library tells it. `byServer`: with a refusal of this message, and `code`. */
  fail(description: unknown, { byServer, code }: { byServer?: string; code?: string } = {}): void {
    this.active = byServer === undefined;
    const error = Object.assign(new Error(byServer ?? 'xhr poll error'), { description, data: { code } });
    this.listeners.get('connect_error')?.(error);
  }

  disconnect(): void {
    if (this.connected) this.drop({ byServer: true });
  }

  off(): void {
    this.listeners.clear();
  }

  on(event: string, listener: Listener): void {
    this.listeners.set(event, listener);
  }

  emit(event: string, payload?: unknown, ack?: Listener): void {
    const connection = this.id;
    this.lastReceiptMs = Math.max(this.lastReceiptMs, this.clock.nowMs() + this.delayMs());
    this.clock.after(this.lastReceiptMs - this.clock.nowMs(), () => {
      if (this.connected && this.id === connection) this.server.received(this, event, payload, ack);
    });
  }

  deliver(event: string, payload?: unknown): void {
    this.arrive(() => this.listeners.get(event)?.(payload));
  }

  answer(ack: Listener | undefined, payload?: unknown): void {
    this.arrive(() => ack?.(payload));
  }

  /** The server disconnects it, after all that it has sent. */
  deliverEnd(): void {
    this.arrive(() => this.drop({ byServer: true }));
  }

  private arrive(action: () => void): void {
    const connection = this.id;
    this.lastDeliveryMs = Math.max(this.lastDeliveryMs, this.clock.nowMs() + this.delayMs());
    this.clock.after(this.lastDeliveryMs - this.clock.nowMs(), () => {
      if (this.connected && this.id === connection) action();
    });
  }
}
