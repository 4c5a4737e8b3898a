package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.Configuration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces of the server, by the names that packets use. */
final class Namespaces {
    private final Map<String, ServerNamespace> byName = new ConcurrentHashMap<>();
    private final Configuration library;

    Namespaces(Configuration library) {
        this.library = library;
    }

    /** @throws IllegalArgumentException if packets could not name it */
    ServerNamespace getOrCreate(String name) {
        if (!name.startsWith("/") || name.contains(",")) {
            throw new IllegalArgumentException("namespace: %s (expected: a leading slash, no comma)".formatted(name));
        }
        return byName.computeIfAbsent(name, absent -> new ServerNamespace(name, library));
    }

    /** Null if there is none. */
    ServerNamespace get(String name) {
        return byName.get(name);
    }
}
