package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients enter namespaces, several over one connection, and leave them. */
class NamespacesTest {
    private static final Map<String, String> KEY = Map.of("token", "sesame");

    @RegisterExtension
    static final TestingTransport TRANSPORT = TestingTransport.create();

    @EveryClientKind
    void authReachesTheServer(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind, "/", Map.of("token", "abc"));

        assertThat(client.await("auth")).isEqualTo(Json.of(Map.of("token", "abc")));
    }

    @EveryClientKind
    void whoHasTheKeyEnters(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind, "/secure", KEY);

        assertThat(client.ask("whoami").path(0).textValue()).isEqualTo(client.id());
    }

    @EveryClientKind
    void whoIsRefusedIsToldWhy(ClientKind kind) {
        TestingSocketClient witness = TRANSPORT.connect(ClientKind.JAVA_WEBSOCKET, "/secure", KEY);

        TestingSocketClient client = TRANSPORT.open(kind, "/secure", Map.of("token", "wrong"));

        JsonNode refusal = client.awaitArguments(ReceivedEvent.REFUSED);
        assertThat(refusal.path(0).textValue()).isEqualTo("denied");
        assertThat(refusal.path(1)).isEqualTo(Json.of(Map.of("code", 7)));
        assertThat(witness.ask("count").path(0).intValue()).isEqualTo(1);
        assertThat(client.unawaited(ReceivedEvent.CONNECTED)).isEmpty();
    }

    @EveryClientKind
    void whoIsRefusedInOneNamespaceGoesOnInAnother(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        TestingSocketClient refused = client.open("/secure", Map.of());
        TestingSocketClient unknown = client.open("/nowhere", Map.of());

        assertThat(refused.await(ReceivedEvent.REFUSED).textValue()).isEqualTo("denied");
        assertThat(unknown.await(ReceivedEvent.REFUSED).textValue()).isEqualTo("Invalid namespace");
        assertThat(client.ask("message-with-ack", 1)).isEqualTo(Json.array(1));
    }

    @EveryClientKind
    void severalNamespacesShareOneConnectionAndNothingElse(ClientKind kind) {
        TestingSocketClient first = TRANSPORT.connect(kind);
        TestingSocketClient second = first.open("/custom", Map.of());
        second.await(ReceivedEvent.CONNECTED);
        TRANSPORT.awaitSessions(1);

        first.emit("message", "first");
        second.emit("message", "second", new byte[] {2});

        assertThat(first.awaitArguments("message-back")).isEqualTo(Json.array("first"));
        assertThat(second.awaitArguments("message-back")).isEqualTo(Json.array("second", new byte[] {2}));
        assertThat(second.id()).isNotEqualTo(first.id());
        second.emit("bcast", "for the second");
        second.await("bc");
        first.ask("message-with-ack", 0);
        assertThat(first.unawaited("bc")).isEmpty();
    }

    @EveryClientKind
    void leavingOneNamespaceLeavesTheOther(ClientKind kind) {
        TestingSocketClient first = TRANSPORT.connect(kind);
        TestingSocketClient second = first.open("/custom", Map.of());
        second.await(ReceivedEvent.CONNECTED);

        first.disconnect();

        assertThat(first.await(ReceivedEvent.DISCONNECTED).textValue()).isEqualTo("io client disconnect");
        assertThat(second.ask("message-with-ack", 1)).isEqualTo(Json.array(1));
        TRANSPORT.awaitSessions(1);
        first.connect();
        first.await(ReceivedEvent.CONNECTED, id -> !id.isMissingNode());
        assertThat(first.ask("message-with-ack", 2)).isEqualTo(Json.array(2));
        assertThat(second.unawaited(ReceivedEvent.DISCONNECTED)).isEmpty();
    }

    @EveryClientKind
    void beingPutOutOfOneNamespaceLeavesTheOther(ClientKind kind) {
        TestingSocketClient first = TRANSPORT.connect(kind);
        TestingSocketClient second = first.open("/custom", Map.of());
        second.await(ReceivedEvent.CONNECTED);

        second.emit("server-disconnect");

        assertThat(second.await(ReceivedEvent.DISCONNECTED).textValue()).isEqualTo("io server disconnect");
        assertThat(first.ask("message-with-ack", 1)).isEqualTo(Json.array(1));
        assertThat(first.unawaited(ReceivedEvent.DISCONNECTED)).isEmpty();
    }
}
