import type {
  ChangeVideoRequest,
  ConnectAuth,
  JoinRequest,
  ParticipantRequest,
  PeoplePage,
  PeopleRequest,
  PlaybackRequest,
  PlaybackSync,
  PlaybackUpdate,
  PlayerReport,
  RequestError,
  RoomInfo,
  RoomUpdateRequest,
  SessionIdentity,
  SessionInit,
  UserJoined,
  UserLeft,
  UserReports,
  VideoChange,
} from './messages';

/** The events that the server may send: socket.io-client's typed map, by event name. */
export interface ServerToClientEvents {
  pong: () => void;
  'session:identity': (identity: SessionIdentity) => void;
  'session:init': (snapshot: SessionInit) => void;
  'session:userJoined': (joined: UserJoined) => void;
  'session:userLeft': (left: UserLeft) => void;
  'session:videoChange': (change: VideoChange) => void;
  'session:play': (update: PlaybackUpdate) => void;
  'session:pause': (update: PlaybackUpdate) => void;
  'session:seek': (update: PlaybackUpdate) => void;
  'session:sync': (heartbeat: PlaybackSync) => void;
  'session:error': (error: RequestError) => void;
  'room:info': (info: RoomInfo) => void;
  'room:reports': (reports: UserReports) => void;
}

/** The events that the page may send: socket.io-client's typed map, by event name. */
export interface ClientToServerEvents {
  ping: () => void;
  'session:join': (request: JoinRequest) => void;
  'session:changeVideo': (request: ChangeVideoRequest) => void;
  'session:play': (request: PlaybackRequest) => void;
  'session:pause': (request: PlaybackRequest) => void;
  'session:seek': (request: PlaybackRequest) => void;
  'room:update': (update: RoomUpdate, ack: Ack) => void;
  'room:addHost': (request: ParticipantRequest, ack: Ack) => void;
  'room:removeHost': (request: ParticipantRequest, ack: Ack) => void;
  'room:kick': (request: ParticipantRequest, ack: Ack) => void;
  'room:close': (nothing: Record<string, never>, ack: Ack) => void;
  'room:people': (
    request: PeopleRequest,
    ack: (page: PeoplePage | { readonly error: RequestError }) => void,
  ) => void;
  'room:report': (report: PlayerReport) => void;
}

/** The server's answer to a request: nothing if it was carried out. */
export type Ack = (refused?: { readonly error: RequestError }) => void;

/** A missing field stays as it is; null removes the password. */
export type RoomUpdate = Omit<RoomUpdateRequest, 'password'> & { password?: string | null };

/**
 * The handshake's `auth` of this page. Generation 2 is a promise to the server: this page sends a play or a pause only
 * when a person wants it, never as the echo of a remote change. Generation 3 knows identities and hosts too.
 */
export type PageAuth = ConnectAuth & { generation: 3 };
