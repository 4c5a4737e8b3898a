package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event that a client received.
 *
 * @param name the event's name, or one of the constants here for an event of the connection
 * @param arguments all its arguments, an array; bytes are binary nodes
 */
public record ReceivedEvent(String name, JsonNode arguments) {
    /** The client is connected to the namespace; the payload is its id. */
    public static final String CONNECTED = "(connected)";

    /** The client has lost its connection; the payload is the library's reason. */
    public static final String DISCONNECTED = "(disconnected)";

    /** The client was refused; the payload is the library's message, and the server's data comes second. */
    public static final String REFUSED = "(refused)";

    /** The transport in use has changed; the payload is its name. */
    public static final String UPGRADED = "(upgraded)";

    /** Its first argument; a missing node if it had none. */
    public JsonNode payload() {
        return arguments.path(0);
    }

    @Override
    public String toString() {
        return name + " " + arguments;
    }
}
