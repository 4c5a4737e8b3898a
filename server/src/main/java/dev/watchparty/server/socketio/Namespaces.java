package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.namespace.Namespace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces of the server, by the names that packets use. */
final class Namespaces {
    private final Map<String, Namespace> byName = new ConcurrentHashMap<>();
    private final Configuration library;

    Namespaces(Configuration library) {
        this.library = library;
    }

    /** The library's name of the default namespace is empty, the protocol's is {@code /}. */
    static String wireName(SocketIONamespace namespace) {
        return namespace.getName().isEmpty() ? SocketIoCodec.DEFAULT_NAMESPACE : namespace.getName();
    }

    private static String libraryName(String name) {
        return name.equals(SocketIoCodec.DEFAULT_NAMESPACE) ? Namespace.DEFAULT_NAME : name;
    }

    /** @throws IllegalArgumentException if packets could not name it */
    Namespace getOrCreate(String name) {
        if (!name.startsWith("/") || name.contains(",")) {
            throw new IllegalArgumentException("namespace: %s (expected: a leading slash, no comma)".formatted(name));
        }
        return byName.computeIfAbsent(name, absent -> new Namespace(libraryName(name), library));
    }

    /** Null if there is none. */
    Namespace get(String name) {
        return byName.get(name);
    }

    /** A namespace of the same name, whose members nobody can see. */
    Namespace antechamberOf(Namespace namespace) {
        return new Namespace(namespace.getName(), library);
    }
}
