package dev.watchparty.it.testing;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * How a client connects.
 *
 * @param name the name in failure messages
 * @param server the address; a path names a namespace
 * @param transports in the library's order
 * @param parser how its packets are encoded
 * @param auth Socket.IO's {@code auth} object; empty for the original's page, which sends none
 */
public record ClientOptions(String name, URI server, List<String> transports, Parser parser, Map<String, ?> auth) {
    /** How packets are encoded. */
    public enum Parser {
        JSON,
        /** socket.io-msgpack-parser. */
        MSGPACK
    }
}
