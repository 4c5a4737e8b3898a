import type {
  ChangeVideoRequest,
  ConnectAuth,
  JoinRequest,
  ParticipantRequest,
  PeopleRequest,
  PlaybackRequest,
  PlaybackSync,
  PlaybackUpdate,
  RequestError,
  RoomInfo,
  RoomUpdateRequest,
  SessionIdentity,
  SessionInit,
  UserJoined,
  UserLeft,
  VideoChange,
} from './messages';

/** The events that the server may send: socket.io-client's typed map, by event name. */
export interface ServerToClientEvents {
  pong: () => void;
  'session:init': (snapshot: SessionInit) => void;
  'session:userJoined': (joined: UserJoined) => void;
  'session:userLeft': (left: UserLeft) => void;
  'session:videoChange': (change: VideoChange) => void;
  'session:play': (update: PlaybackUpdate) => void;
  'session:pause': (update: PlaybackUpdate) => void;
  'session:seek': (update: PlaybackUpdate) => void;
  'session:sync': (heartbeat: PlaybackSync) => void;
  'session:error': (error: RequestError) => void;
  'session:identity': (identity: SessionIdentity) => void;
  'room:info': (info: RoomInfo) => void;
}

/** The events that the page may send: socket.io-client's typed map, by event name. */
export interface ClientToServerEvents {
  ping: () => void;
  'session:join': (request: JoinRequest) => void;
  'session:changeVideo': (request: ChangeVideoRequest) => void;
  'session:play': (request: PlaybackRequest) => void;
  'session:pause': (request: PlaybackRequest) => void;
  'session:seek': (request: PlaybackRequest) => void;
  'room:update': (request: RoomUpdateRequest) => void;
  'room:addHost': (request: ParticipantRequest) => void;
  'room:removeHost': (request: ParticipantRequest) => void;
  'room:kick': (request: ParticipantRequest) => void;
  'room:close': () => void;
  'room:people': (request: PeopleRequest) => void;
}

/**
 * The handshake's `auth` of this page. Generation 2 is a promise to the server: this page sends a play or a pause only
 * when a person wants it, never as the echo of a remote change.
 */
export type PageAuth = ConnectAuth & { generation: 2 };
