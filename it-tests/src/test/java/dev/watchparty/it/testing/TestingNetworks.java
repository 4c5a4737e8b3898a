package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.testing.TestingNetwork;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The networks of a Node process, by their ports; {@code network.mjs} asks for them and steers them. */
final class TestingNetworks {
    private final Map<Integer, TestingNetwork> networks = new ConcurrentHashMap<>();

    /** Carries out a request of the Node process, and returns the port of the network that it concerns. */
    int carryOut(JsonNode request) {
        String operation = request.path("op").textValue();
        JsonNode argument = request.path("argument");
        if (operation.equals("open")) {
            TestingNetwork opened = TestingNetwork.to(argument.intValue());
            networks.put(opened.port(), opened);
            return opened.port();
        }
        int port = request.path("network").intValue();
        TestingNetwork network = networks.get(port);
        if (network == null) {
            throw new IllegalArgumentException("network: %d (expected: the port of an open one)".formatted(port));
        }
        switch (operation) {
            case "down" -> network.down();
            case "up" -> network.up();
            case "cutClientsOff" -> network.cutClientsOff();
            case "silence" -> network.silence();
            case "restore" -> network.restore();
            case "delay" -> network.delay(Duration.ofMillis(argument.longValue()));
            case "leadTo" -> network.leadTo(argument.intValue());
            case "refuseWebSockets" -> network.refuseWebSockets();
            case "swallowWebSockets" -> network.swallowWebSockets();
            case "close" -> networks.remove(port).close();
            default -> throw new IllegalArgumentException("op: %s (expected: one of a network)".formatted(operation));
        }
        return port;
    }
}
