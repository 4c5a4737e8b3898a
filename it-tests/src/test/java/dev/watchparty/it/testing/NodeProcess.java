package dev.watchparty.it.testing;

import java.util.Map;

/** The Node process of all JavaScript sockets and pages without a browser; started by the first test that needs it. */
final class NodeProcess {
    private static final NodeBridge SHARED = new NodeBridge("bridge.mjs", Map.of());

    private NodeProcess() {}

    static NodeBridge shared() {
        return SHARED;
    }
}
