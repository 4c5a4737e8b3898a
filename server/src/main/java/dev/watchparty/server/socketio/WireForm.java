package dev.watchparty.server.socketio;

/** Everything that decides how an event looks on the wire: sockets of one form read the same bytes. */
record WireForm(Dialect dialect, PacketEncoder encoder) {}
