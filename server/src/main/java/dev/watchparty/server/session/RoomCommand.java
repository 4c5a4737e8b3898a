package dev.watchparty.server.session;

/** A request of a socket to change its room. */
public sealed interface RoomCommand permits PlaybackCommand, SettingsCommand {}
