/* tslint:disable */
/* eslint-disable */

export interface ChangeVideoRequest {
    videoId: string;
}

export interface ConnectAuth {
    room?: string;
    generation?: number;
}

export interface JoinRequest {
    username: string;
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

export interface RequestError {
    event: string;
    code: RequestErrorCode;
    message: string;
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
}

export interface UserJoined {
    user: User;
}

export interface UserLeft {
    socketId: string;
    username: string;
}

export interface VideoChange {
    videoId: string;
    seq: number;
    lastUpdatedAt: number;
    username: string;
}

export interface User {
    socketId: string;
    username: string;
    joinedAt: number;
}

export type RequestErrorCode = "INVALID_PAYLOAD" | "INVALID_VIDEO" | "RATE_LIMITED" | "ROOM_FULL" | "UNAVAILABLE";

export type LastAction = "init" | "play" | "pause" | "seek" | "changeVideo";
