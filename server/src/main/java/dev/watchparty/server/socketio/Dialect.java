package dev.watchparty.server.socketio;

/**
 * The form of events that one generation of clients reads. The application defines it and chooses one for each socket when
 * it {@linkplain Admission admits} the socket. The transport only groups sockets by it, so that an event is written once for
 * all sockets of a dialect. Compared by identity.
 */
public interface Dialect {
    /** The dialect of sockets for which no other was chosen. */
    Dialect DEFAULT = new Dialect() {};
}
