import {
  JOIN_RETRY_MS,
  MAX_ACTIVITY_ENTRIES,
  MAX_OWN_IDS,
  MAX_PEOPLE_ON_ONE_PAGE,
  RECONNECT_JITTER,
  REFUSED_RETRY_MS,
  UNDO_MS,
  UNREACHABLE_AFTER_MS,
} from '../constants';
import type {
  LastAction,
  PlaybackUpdate,
  RequestError,
  RequestErrorCode,
  RoomInfo,
  SessionInit,
  VideoChange,
} from '../protocol/messages';
import type { Cancel, Clock } from './clock';
import type { Command, CommandKind } from './command';
import type { Credentials } from './credentials';
import { HostRequests } from './hostRequests';
import { LatencyEstimator } from './latencyEstimator';
import { LatencyProbe } from './latencyProbe';
import type { Participant } from './participant';
import { People, type PersonNews } from './people';
import { PeoplePages } from './peoplePages';
import { PeopleStates } from './peopleStates';
import { type PersonState, stateOfSelf } from './personState';
import { PlaybackController } from './playbackController';
import { PlayerReporter } from './playerReporter';
import { type RefusalCode, refusalCodeOf, refusalCodeOfConnection } from './refusal';
import { maySteer } from './roles';
import { changesOf, type InfoChange } from './roomChanges';
import type { RoomPlayback } from './roomTimeline';
import type { SocketPort } from './socket';
import { Store } from './store';

export type ConnectionState = 'connecting' | 'online' | 'reconnecting' | 'offline';

/**
 * Why there is no connection yet: no answer at all; a server that takes in nobody just now; too many connections from this
 * network; or a refusal with the server's own reason.
 */
export type ConnectionProblem = 'unreachable' | 'busy' | 'too-many' | 'refused';

/** `restored`: the video that another one had replaced was put back on. */
export type ActivityKind = Exclude<LastAction, 'init'> | 'restored' | PersonNews['kind'] | InfoChange['kind'];

/** Something that happened in the room. */
export interface Activity {
  readonly id: number;
  readonly kind: ActivityKind;
  /** Of the person who did it, or whose role has changed; empty for a decision that no host has taken. */
  readonly username: string;
  /** Whether it was this page, or this person whose role has changed. */
  readonly own: boolean;
  /** The name that a person had before it changed. */
  readonly before?: string;
  /** The position of a play, pause or seek, s. */
  readonly timeS?: number;
}

/** A video that was replaced a moment ago, as it was then. */
export interface Replaced extends RoomPlayback {
  /** The name of the person who replaced it. */
  readonly username: string;
  /** Whether it was this page. */
  readonly own: boolean;
}

/** A request that the server refused. */
export interface Notice {
  readonly id: number;
  readonly event: string;
  /** Missing where it refused the connection. */
  readonly code?: RequestErrorCode;
  readonly message: string;
}

/** The answer of a room that does not let this page in, or has sent it away. */
export interface Refusal {
  /** Another one for each attempt. */
  readonly id: number;
  readonly code: RefusalCode;
}

/** The room as the page shows it, apart from the playback. */
export interface SessionView {
  readonly connection: ConnectionState;
  /** Undefined while there is a connection, and while the first attempt may still succeed. */
  readonly connectionProblem: ConnectionProblem | undefined;
  /** Our own participant id. */
  readonly selfId: string | undefined;
  /** The name that we join with, or joined with. */
  readonly username: string | undefined;
  /** Whether the room has taken us in, under that name; it stays so while a lost connection comes back. */
  readonly joined: boolean;
  /** Whether we were in the room before this page was loaded, and join again without being asked. */
  readonly returning: boolean;
  /** While there is one, the page is not in the room, and does not try to enter it by itself. */
  readonly refusal: Refusal | undefined;
  /** Undefined while it is not known, and from a server that knows no hosts. */
  readonly room: RoomInfo | undefined;
  /** In the order in which they joined; of a large room only a part. */
  readonly participants: readonly Participant[];
  /** How many people there are in the room. */
  readonly peopleCount: number;
  /** Whether {@link Session.pages} has the list of people, because the server does not tell it as a whole. */
  readonly comesInPages: boolean;
  /** The newest first. */
  readonly activity: readonly Activity[];
  readonly notice: Notice | undefined;
  /** The video that {@link Session.restoreVideo} can put back on, for UNDO_MS. */
  readonly replaced: Replaced | undefined;
}

/** How much of a socket's id the server shows as `lastActionBy`. */
const ACTOR_CHARACTERS = 8;

interface Surroundings {
  readonly socket: SocketPort;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly isHidden: () => boolean;
  readonly isNetworkUp: () => boolean;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Calls the listener when the socket asks to be let in; `connect` answers it, which is the first round trip. */
  readonly onHandshake?: (listener: () => void) => void;
}

/**
 * The room as this page knows it: joins it, joins it again after each reconnect, takes its snapshots and changes in
 * the order of their numbers, and keeps the player in step by its {@link PlaybackController}.
 */
export class Session {
  readonly view = new Store<SessionView>({
    connection: 'connecting',
    connectionProblem: undefined,
    selfId: undefined,
    username: undefined,
    joined: false,
    returning: false,
    refusal: undefined,
    room: undefined,
    participants: [],
    peopleCount: 0,
    comesInPages: false,
    activity: [],
    notice: undefined,
    replaced: undefined,
  });
  readonly playback: PlaybackController;
  readonly host: HostRequests;
  /** The list of people in a room that is too large for `participants`. */
  readonly pages: PeoplePages;
  /** How each person watches. */
  readonly states: PeopleStates;

  private readonly around: Surroundings;
  private readonly latency = new LatencyEstimator();
  private readonly probe: LatencyProbe;
  private readonly people: People;
  private readonly reporter: PlayerReporter;
  private lastSeq = Number.NEGATIVE_INFINITY;
  private requestedVideo: { readonly videoId: string; readonly startS: number } | undefined;
  /** The messages that the server still owes us about a video that we put back on. */
  private restoring: ActivityKind[] = [];
  /** The changes that were told, each by its kind and its stamp; the newest last. */
  private told: string[] = [];
  /** The beginnings of the ids that we had, by which the server names the person who did something. */
  private ownIds: string[] = [];
  private isRenaming = false;
  /** Whether the room's video was put on while this page was connected, and has not played yet. */
  private isVideoNew = false;
  private nextId = 1;
  private wasOnline = false;
  private cancelRetry: Cancel | undefined;
  private handshakeAtMs: number | undefined;
  private cancelPatience: Cancel | undefined;
  private cancelJoinRetry: Cancel | undefined;
  private cancelUndo: Cancel | undefined;

  constructor(around: Surroundings) {
    const { socket, clock } = around;
    this.around = around;
    this.probe = new LatencyProbe(clock, this.latency, () => socket.emit('ping'));
    this.host = new HostRequests(socket, clock);
    this.people = new People(news => this.tellOfPerson(news));
    this.pages = new PeoplePages({
      socket,
      clock,
      isHidden: around.isHidden,
      known: () => this.people.list,
      onCount: total => {
        this.people.countIs(total);
        this.showPeople();
      },
      onReports: reports => this.states.replace(reports),
    });
    this.playback = new PlaybackController({
      clock,
      latencyMs: () => this.latencyMs(),
      send: command => this.sendCommand(command),
      isConnected: () => socket.connected,
      maySteer: () => maySteer(this.view.get()),
      denied: () => this.sayHostsSteer(),
      isHidden: around.isHidden,
    });
    this.reporter = new PlayerReporter({
      clock,
      condition: () => this.playback.condition(),
      isHidden: around.isHidden,
      send: report => socket.emit('room:report', report),
    });
    this.states = new PeopleStates(
      () => [...this.people.sockets, ...this.pages.users],
      () => ({ socketId: socket.id, personId: this.view.get().selfId, state: this.ownState() }),
    );
    this.reporter.told.subscribe(() => this.states.selfMayHaveChanged());
    this.playback.view.subscribe(() => this.states.selfMayHaveChanged());
    this.listen();
  }

  start(): void {
    this.cancelPatience = this.around.clock.after(UNREACHABLE_AFTER_MS, () => {
      if (!this.around.socket.connected) this.notConnected('unreachable');
    });
    this.around.socket.connect();
  }

  /** Leaves the room for good: the session does nothing afterwards. */
  close(): void {
    this.cancelPatience?.();
    this.cancelRetry?.();
    this.cancelJoinRetry?.();
    this.cancelUndo?.();
    this.pages.close();
    this.probe.stop();
    this.reporter.close();
    this.playback.close();
    this.around.socket.off();
    this.around.socket.disconnect();
  }

  /** Asks the room to take us in under a name, as soon as there is a connection, and again after each reconnect. */
  join(username: string): void {
    this.update({ username, notice: undefined });
    this.sendJoin();
  }

  /** Joins under the name that this person had in the room before the page was loaded. */
  comeBack(username: string): void {
    this.update({ returning: true });
    this.join(username);
  }

  /** Withdraws the request to join, as long as the room has not answered. */
  cancelJoin(): void {
    if (this.view.get().joined) return;
    this.cancelJoinRetry?.();
    this.update({ username: undefined, returning: false });
  }

  /** Asks for another name in the room; the one before counts until the room has answered. Does nothing if it is the same. */
  rename(username: string): void {
    if (!this.around.socket.connected || username === this.view.get().username) return;
    this.isRenaming = true;
    this.update({ notice: undefined });
    this.around.socket.emit('session:join', { username });
  }

  /** Tries again to enter a room that has refused it, with another password if one is given. */
  enterAgain(password?: string): void {
    if (password !== undefined) this.around.credentials.password = password;
    this.around.socket.connect();
  }

  /** Puts another video on for all, paused; false when there is no connection, or only hosts may. It begins at 0 s, or at a link's time. */
  changeVideo(videoId: string, startS = 0): boolean {
    if (!this.around.socket.connected || !maySteer(this.view.get())) return false;
    this.requestedVideo = { videoId, startS };
    this.update({ notice: undefined });
    this.around.socket.emit('session:changeVideo', { videoId });
    return true;
  }

  /** Puts the video that was replaced back on for all, where and as it was; false when that is not possible. */
  restoreVideo(): boolean {
    const { replaced } = this.view.get();
    const { socket } = this.around;
    if (!replaced || !socket.connected || !maySteer(this.view.get())) return false;
    const time = replaced.positionS;
    this.forgetReplaced();
    this.restoring = ['restored', 'seek'];
    socket.emit('session:changeVideo', { videoId: replaced.videoId });
    socket.emit('session:seek', { time });
    if (replaced.playing) {
      this.restoring.push('play');
      socket.emit('session:play', { time });
    }
    return true;
  }

  /** Says that only hosts steer the video, to a person who tries. */
  sayHostsSteer(): void {
    this.notify({ event: 'session:play', code: 'NOT_ALLOWED', message: '' });
  }

  /** Shows the refusal of a request that was made elsewhere. */
  report({ event, code, message }: RequestError): void {
    this.notify({ event, code, message });
  }

  dismissNotice(): void {
    this.update({ notice: undefined });
  }

  /** One way from the server to here, ms, as estimated; 0 before it was measured. */
  latencyMs(): number {
    return this.latency.latencyMs(this.around.clock.nowMs());
  }

  /** To be called when the page is shown or hidden. */
  visibilityChanged(): void {
    if (!this.around.isHidden()) this.probe.refresh();
    this.playback.recheck();
    this.reporter.observe();
    this.pages.visibilityChanged();
  }

  /** To be called when the browser says that the network has come or gone. */
  networkChanged(): void {
    if (this.around.socket.connected || this.isSentAway()) return;
    this.notConnected();
    if (this.around.isNetworkUp()) this.around.socket.connect();
  }

  private listen(): void {
    const { socket, clock } = this.around;
    this.around.onHandshake?.(() => {
      this.handshakeAtMs = clock.nowMs();
    });
    socket.on('connect', () => this.connected());
    socket.on('disconnect', () => this.disconnected());
    socket.on('connect_error', error => this.refused(error));
    socket.on('pong', () => this.probe.pong());
    socket.on('session:identity', identity => {
      this.around.credentials.keep(identity);
      this.update({ selfId: identity.participantId });
    });
    socket.on('session:init', snapshot => this.takeSnapshot(snapshot));
    socket.on('session:userJoined', ({ user }) => {
      this.people.join(user);
      this.peopleChanged();
    });
    socket.on('session:userLeft', left => {
      this.people.leave(left);
      this.states.leave(left.socketId);
      this.peopleChanged();
    });
    socket.on('room:reports', ({ reports }) => this.states.apply(reports));
    socket.on('room:info', info => this.infoChanged(info));
    socket.on('session:videoChange', change => this.videoChanged(change));
    socket.on('session:play', update => this.playbackChanged('play', update));
    socket.on('session:pause', update => this.playbackChanged('pause', update));
    socket.on('session:seek', update => this.playbackChanged('seek', update));
    socket.on('session:sync', ({ time, seq }) => {
      if (seq >= this.lastSeq) this.playback.applyHeartbeat(time, seq > this.lastSeq);
      this.reporter.observe();
    });
    socket.on('session:error', error => this.requestRefused(error));
  }

  // The connection.

  private connected(): void {
    this.cancelRetry?.();
    this.cancelPatience?.();
    this.wasOnline = true;
    this.rememberOwnId();
    this.update({ connection: 'online', connectionProblem: undefined, selfId: this.selfId() });
    this.probe.start(this.handshakeAtMs);
    this.handshakeAtMs = undefined;
    this.sendJoin();
  }

  private disconnected(): void {
    this.probe.stop();
    this.restoring = [];
    this.isRenaming = false;
    this.people.connectionLost();
    this.reporter.connectionLost();
    this.notConnected();
    this.states.replace();
    if (!this.around.socket.active && !this.view.get().refusal) this.retryLater();
  }

  private refused(error: Error): void {
    if (this.around.socket.active) {
      this.notConnected(problemOf(error));
      return;
    }
    this.notConnected('refused');
    const refusal = refusalCodeOfConnection(error);
    if (refusal) {
      this.sentAway(refusal);
      return;
    }
    this.notify({ event: 'connect', message: error.message });
    this.retryLater();
  }

  /** The room keeps this page out. It comes back only when the person asks for it. */
  private sentAway(code: RefusalCode): void {
    this.cancelRetry?.();
    this.cancelJoinRetry?.();
    this.update({
      refusal: { id: this.nextId++, code },
      joined: false,
      returning: false,
      notice: undefined,
    });
    this.around.socket.disconnect();
  }

  private isSentAway(): boolean {
    return this.view.get().refusal !== undefined && !this.around.socket.active;
  }

  private notConnected(problem = this.view.get().connectionProblem): void {
    this.update({ connection: this.disconnectedState(), connectionProblem: problem });
    this.states.selfMayHaveChanged();
  }

  /** The server drops commands that come too fast, and may not say so. */
  private sendJoin(): void {
    const { username, joined } = this.view.get();
    if (username === undefined || !this.around.socket.connected) return;
    this.around.socket.emit('session:join', { username });
    this.cancelJoinRetry?.();
    if (!joined) this.cancelJoinRetry = this.around.clock.after(JOIN_RETRY_MS, () => this.sendJoin());
  }

  /** The library reconnects by itself, but not when the server has disconnected us. */
  private retryLater(): void {
    const jitter = 1 + RECONNECT_JITTER * (2 * this.around.random() - 1);
    this.cancelRetry?.();
    this.cancelRetry = this.around.clock.after(REFUSED_RETRY_MS * jitter, () => this.around.socket.connect());
  }

  private disconnectedState(): ConnectionState {
    if (!this.around.isNetworkUp()) return 'offline';
    return this.wasOnline ? 'reconnecting' : 'connecting';
  }

  // Messages from the server.

  /** A snapshot wins over all that was known: after a reconnect even its number may be smaller. */
  private takeSnapshot(snapshot: SessionInit): void {
    this.lastSeq = snapshot.seq;
    this.isVideoNew = false;
    this.requestedVideo = undefined;
    this.playback.applySnapshot({
      videoId: snapshot.videoId,
      playing: snapshot.isPlaying,
      positionS: snapshot.playbackTime,
    });
    this.takenIn(snapshot);
    this.people.replace(Object.values(snapshot.users), snapshot.userCount);
    this.update({
      selfId: this.selfId(),
      refusal: undefined,
      room: snapshot.roomInfo,
    });
    this.showPeople();
    this.states.replace(snapshot.reports);
    const view = this.view.get();
    if (view.joined && view.comesInPages) this.pages.open();
    else this.pages.close();
    const { lastAction, lastActionBy, lastActionByUsername, lastUpdatedAt } = snapshot;
    if (lastAction !== 'init' && this.isNews(lastAction, lastUpdatedAt)) {
      const own = this.ownIds.includes(lastActionBy);
      this.remember(lastAction, lastUpdatedAt);
      this.record({ kind: lastAction, username: lastActionByUsername, own });
    }
  }

  /** The room has taken us in when we are on its list: under the name that the server made of ours. */
  private takenIn({ users }: SessionInit): void {
    const { id } = this.around.socket;
    const listed = id === undefined ? undefined : users[id];
    if (this.view.get().username === undefined || !listed) return;
    this.cancelJoinRetry?.();
    this.isRenaming = false;
    this.update({ joined: true, returning: false, username: listed.username });
    this.reporter.joined();
  }

  private peopleChanged(): void {
    this.showPeople();
    this.states.refresh();
    const view = this.view.get();
    if (view.joined && view.comesInPages) this.pages.peopleChanged();
    else this.pages.close();
  }

  private showPeople(): void {
    const { list, count, isLargerThanKnown, sockets } = this.people;
    const isCrowd = sockets.length > MAX_PEOPLE_ON_ONE_PAGE && this.view.get().room !== undefined;
    this.update({
      participants: list,
      peopleCount: count,
      // Even if this page has seen everybody come, it is not told any more how a crowd watches.
      comesInPages: isLargerThanKnown || isCrowd,
    });
  }

  private ownState(): PersonState {
    const { deltaMs } = this.playback.view.get();
    const { hidden } = this.reporter.told.get();
    return stateOfSelf(this.view.get().connection, this.playback.condition(), deltaMs, hidden);
  }

  private selfId(): string | undefined {
    return this.around.credentials.participantId ?? this.around.socket.id;
  }

  /** The comings and goings of our own tabs are no news. */
  private tellOfPerson({ kind, id, ...person }: PersonNews): void {
    const own = id === this.view.get().selfId;
    if (!own || kind === 'renamed') this.record({ kind, ...person, own });
  }

  private infoChanged(info: RoomInfo): void {
    const before = this.view.get().room;
    const { username } = this.view.get();
    this.update({ room: info });
    if (!before) return;
    const own = this.host.isRecent && info.changedBy === username;
    for (const change of changesOf(before, info)) {
      if ('id' in change) this.tellOfRole(change.kind, change.id);
      else this.record({ kind: change.kind, username: info.changedBy, own });
    }
  }

  /** A host who is not here may lose the role to somebody who is. */
  private tellOfRole(kind: 'madeHost' | 'madeGuest', id: string): void {
    const person = this.people.find(id);
    if (person) this.record({ kind, username: person.username, own: id === this.view.get().selfId });
  }

  private videoChanged({ videoId, seq, lastUpdatedAt, username }: VideoChange): void {
    if (seq <= this.lastSeq) return;
    this.lastSeq = seq;
    const before = this.playback.roomPlayback();
    const { replaced } = this.view.get();
    const restored = this.takeRestored('restored');
    this.playback.applyVideoChange(videoId);
    this.isVideoNew = true;
    const requested = username === this.view.get().username ? this.requestedVideo : undefined;
    if (requested) this.requestedVideo = undefined;
    const own = restored || requested !== undefined;
    const isBack = restored || replaced?.videoId === videoId;
    if (isBack || before.videoId === '') this.forgetReplaced();
    else this.offerUndo({ ...before, username, own });
    this.remember('changeVideo', lastUpdatedAt);
    this.record({ kind: isBack ? 'restored' : 'changeVideo', username, own });
    // The server puts every video on at 0 s.
    if (requested && requested.videoId === videoId && requested.startS > 0) {
      this.playback.standAt(requested.startS);
    }
  }

  private playbackChanged(kind: CommandKind, { time, seq, lastUpdatedAt, username }: PlaybackUpdate): void {
    if (seq <= this.lastSeq) return;
    this.lastSeq = seq;
    const byOurName = username === this.view.get().username;
    const answersUs = this.playback.applyChange({ kind, positionS: time, byOurName });
    const own = answersUs || (byOurName && this.takeRestored(kind));
    this.remember(kind, lastUpdatedAt);
    if (kind === 'play') this.isVideoNew = false;
    // Nobody has paused a video that has not played: the pause says where it begins.
    if (kind === 'pause' && this.isVideoNew) return;
    // In a live stream the room's clock is no position that anybody sees.
    this.record({ kind, username, own, ...(this.playback.view.get().live ? {} : { timeS: time }) });
  }

  /** Whether we wait for it after putting a video back on. */
  private takeRestored(kind: ActivityKind): boolean {
    if (this.restoring[0] !== kind) return false;
    this.restoring.shift();
    return true;
  }

  private offerUndo(replaced: Replaced): void {
    this.cancelUndo?.();
    this.cancelUndo = this.around.clock.after(UNDO_MS, () => this.forgetReplaced());
    this.update({ replaced });
  }

  private forgetReplaced(): void {
    this.cancelUndo?.();
    this.update({ replaced: undefined });
  }

  private requestRefused(error: RequestError): void {
    const refusal = refusalCodeOf(error);
    if (refusal) {
      this.sentAway(refusal);
      return;
    }
    const { event, code, message } = error;
    if (event === 'room:people') {
      this.pages.refused();
      return;
    }
    if (event === 'room:report') {
      if (code === 'RATE_LIMITED') this.reporter.dropped();
      return;
    }
    if (event === 'session:join' && !this.isRenaming) {
      this.cancelJoinRetry?.();
      this.update({ username: undefined, joined: false, returning: false });
    }
    this.isRenaming = false;
    if (event === 'session:changeVideo') {
      this.requestedVideo = undefined;
      this.restoring = [];
    }
    if (event === 'session:play' || event === 'session:pause' || event === 'session:seek') {
      this.playback.commandRefused();
    }
    this.notify({ event, code, message });
  }

  // Messages to the server.

  /** Nothing is kept for later: a command from minutes ago would surprise everybody. */
  private sendCommand({ kind, timeS }: Command): boolean {
    const { socket } = this.around;
    if (!socket.connected) return false;
    const request = timeS === undefined ? {} : { time: timeS };
    if (kind === 'play') socket.emit('session:play', request);
    else if (kind === 'pause') socket.emit('session:pause', request);
    else socket.emit('session:seek', request);
    return true;
  }

  // The view.

  /** Whether a change was not told yet. Over a restart it gets another number, but keeps its stamp. */
  private isNews(kind: LastAction, atMs: number): boolean {
    return !this.told.includes(`${kind} ${atMs}`);
  }

  private remember(kind: LastAction, atMs: number): void {
    this.told = [...this.told, `${kind} ${atMs}`].slice(-MAX_ACTIVITY_ENTRIES);
  }

  private rememberOwnId(): void {
    const { id } = this.around.socket;
    if (id === undefined) return;
    const own = id.slice(0, ACTOR_CHARACTERS);
    this.ownIds = [...this.ownIds.filter(known => known !== own), own].slice(-MAX_OWN_IDS);
  }

  private record(entry: Omit<Activity, 'id'>): void {
    const activity = [{ ...entry, id: this.nextId++ }, ...this.view.get().activity];
    this.update({ activity: activity.slice(0, MAX_ACTIVITY_ENTRIES) });
  }

  private notify(refused: Omit<Notice, 'id'>): void {
    this.update({ notice: { ...refused, id: this.nextId++ } });
  }

  private update(change: Partial<SessionView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}

/** The details of a failed attempt: the status of the HTTP answer, if there was one. */
function problemOf(error: Error): ConnectionProblem {
  const { description } = error as { description?: unknown };
  if (description === 429) return 'too-many';
  return description === 503 ? 'busy' : 'unreachable';
}
