/* tslint:disable */
/* eslint-disable */

export interface ChangeVideoRequest {
    videoId: string;
}

export interface ConnectAuth {
    room?: string;
    generation?: number;
    identity?: string;
    password?: string;
}

export interface CreateRoomRequest {
    name?: string;
    title?: string;
    password?: string;
}

export interface CreatedRoom {
    room: string;
    path: string;
    participantId: string;
    token: string;
    expiresAt: number;
}

export interface HttpErrorBody {
    error: HttpError;
}

export interface JoinRequest {
    username: string;
}

export interface ParticipantRequest {
    participantId: string;
}

export interface PeoplePage {
    total: number;
    people: User[];
    reports: UserReport[];
}

export interface PeopleRequest {
    offset: number;
    search: string;
}

export interface PlaybackRequest {
    time?: number;
}

export interface PlaybackSync {
    time: number;
    seq: number;
    lastUpdatedAt: number;
}

export interface PlaybackUpdate {
    time: number;
    seq: number;
    lastUpdatedAt: number;
    username: string;
}

export interface PlayerReport {
    player: PlayerState;
    driftMs?: number;
    hidden: boolean;
}

export interface RequestError {
    event: string;
    code: RequestErrorCode;
    message: string;
}

export interface RoomInfo {
    owned: boolean;
    title: string;
    steering: Steering;
    locked: boolean;
    hasPassword: boolean;
    hosts: string[];
    closed: boolean;
    changedBy: string;
}

export interface RoomUpdateRequest {
    title?: string;
    steering?: Steering;
    locked?: boolean;
    password?: string;
}

export interface ServerInfo {
    defaultRoom: boolean;
}

export interface SessionIdentity {
    participantId: string;
    token: string;
    expiresAt: number;
}

export interface SessionInit {
    videoId: string;
    playbackTime: number;
    isPlaying: boolean;
    lastAction: LastAction;
    lastActionBy: string;
    lastActionByUsername: string;
    seq: number;
    lastUpdatedAt: number;
    users: { [index: string]: User };
    userCount?: number;
    roomInfo?: RoomInfo;
    reports?: UserReport[];
}

export interface UserJoined {
    user: User;
}

export interface UserLeft {
    socketId: string;
    username: string;
}

export interface UserReports {
    reports: UserReport[];
}

export interface VideoChange {
    videoId: string;
    seq: number;
    lastUpdatedAt: number;
    username: string;
}

export interface HttpError {
    code: RequestErrorCode;
    message: string;
}

export interface User {
    socketId: string;
    username: string;
    joinedAt: number;
    participantId?: string;
}

export interface UserReport {
    socketId: string;
    player?: PlayerState;
    driftMs?: number;
    hidden: boolean;
    reconnecting: boolean;
}

export type PlayerState = "playing" | "paused" | "buffering" | "blocked" | "failed" | "none";

export type RequestErrorCode = "INVALID_PAYLOAD" | "INVALID_VIDEO" | "RATE_LIMITED" | "ROOM_FULL" | "NOT_ALLOWED" | "ROOM_LOCKED" | "PASSWORD_REQUIRED" | "WRONG_PASSWORD" | "KICKED" | "ROOM_CLOSED" | "INVALID_ROOM" | "ROOM_TAKEN" | "DEFAULT_ROOM_OFF" | "UNAVAILABLE";

export type Steering = "everyone" | "hosts";

export type LastAction = "init" | "play" | "pause" | "seek" | "changeVideo";
