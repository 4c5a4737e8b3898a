package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.AuthTokenResult;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.socketio.Admission.Decision;
import dev.watchparty.server.socketio.Admission.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an application decides about the sockets of a namespace. */
final class AdmissionTest {
    private static final String ID = "AAAAAAAAAAAAAAAAAAAA";

    private final CompletableFuture<Decision> decision = new CompletableFuture<>();
    private final List<Object> connected = new CopyOnWriteArrayList<>();
    private final List<Optional<String>> presented = new CopyOnWriteArrayList<>();
    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start();
        server.namespace()
                .addConnectListener(
                        client -> connected.add(SocketHandle.of(client).attachment(String.class)));
        server.server.admission("/", (client, pid) -> {
            presented.add(pid);
            return decision;
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void admittedSocketGetsItsIdItsPidAndItsAttachment() throws Exception {
        decision.complete(Decision.admit(Identity.recovered(ID).withPid("ticket"), Dialect.DEFAULT, "attached"));
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40{\"pid\":\"earlier\"}");

        assertThat(client.next()).isEqualTo("40{\"sid\":\"" + ID + "\",\"pid\":\"ticket\"}");
        assertThat(presented).containsExactly(Optional.of("earlier"));
        await().untilAsserted(() -> assertThat(connected).containsExactly("attached"));
    }

    @Test
    void refusedClientGetsTheReasonAndNoSocket() throws Exception {
        decision.complete(Decision.refuse("Members only", Map.of("code", "MEMBERS")));
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");

        assertThat(client.next())
                .startsWith("44{")
                .contains("\"message\":\"Members only\"", "\"data\":{\"code\":\"MEMBERS\"}");
        assertThat(connected).isEmpty();
    }

    @Test
    void decisionMayTakeItsTime() throws Exception {
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");
        await().until(() -> presented.size() == 1);
        assertThat(connected).isEmpty();

        decision.complete(Decision.admit(Identity.recovered(ID), Dialect.DEFAULT, "attached"));

        assertThat(client.next()).isEqualTo("40{\"sid\":\"" + ID + "\"}");
        assertThat(client.next()).isEqualTo("42[\"hello\"]");
        client.send("42[\"echo\",1]");
        assertThat(client.next()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void secondConnectWhileTheFirstIsUndecidedEndsTheSession() throws Exception {
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");
        await().until(() -> presented.size() == 1);
        client.send("40");
        client.closeCode();

        decision.complete(Decision.admit(Identity.recovered(ID), Dialect.DEFAULT, "attached"));
        server.awaitNoSessions();
        assertThat(presented).hasSize(1);
        assertThat(connected).isEmpty();
    }

    @Test
    void clientThatLeavesBeforeTheDecisionIsNeverConnected() throws Exception {
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");
        await().until(() -> presented.size() == 1);
        client.close(1000);
        server.awaitNoSessions();

        decision.complete(Decision.admit(Identity.recovered(ID), Dialect.DEFAULT, "attached"));
        assertThat(connected).isEmpty();
        assertThat(server.disconnects).isEmpty();
    }

    @Test
    void failureClosesTheSessionSoThatTheClientTriesAgain() throws Exception {
        decision.completeExceptionally(new IllegalStateException("the store is away"));
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");

        client.closeCode();
        server.awaitNoSessions();
        assertThat(connected).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "no stage", "no decision"})
    void faultyAdmissionClosesTheSessionToo(String fault) throws Exception {
        server.server.admission("/", (client, pid) -> {
            client.joinRoom("early");
            return switch (fault) {
                case "throws" -> throw new IllegalStateException("failed on purpose");
                case "no stage" -> null;
                default -> CompletableFuture.completedStage(null);
            };
        });
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");

        client.closeCode();
        server.awaitNoSessions();
        assertThat(connected).isEmpty();
        assertThat(server.namespace().getRoomOperations("early").getClients()).isEmpty();
    }

    @Test
    void clientThatLeavesBeforeTheDecisionIsInNoRoom() throws Exception {
        server.namespace().addAuthTokenListener((token, client) -> {
            client.joinRoom("early");
            return AuthTokenResult.AuthTokenResultSuccess;
        });
        TestingWebSocket client = TestingWebSocket.open(server);
        client.send("40");
        await().until(() -> presented.size() == 1);
        client.close(1000);
        server.awaitNoSessions();

        decision.complete(Decision.admit(Identity.recovered(ID), Dialect.DEFAULT, "attached"));

        await().untilAsserted(() -> assertThat(
                        server.namespace().getRoomOperations("early").getClients())
                .isEmpty());
    }

    @Test
    void attachmentOfAnotherTypeIsAnErrorOfTheApplication() throws Exception {
        List<SocketHandle> handles = new CopyOnWriteArrayList<>();
        server.namespace().addConnectListener(client -> handles.add(SocketHandle.of(client)));
        decision.complete(Decision.admit(Identity.unknown(), Dialect.DEFAULT, "attached"));
        TestingWebSocket.open(server).send("40");
        await().until(() -> handles.size() == 1);

        assertThatThrownBy(() -> handles.get(0).attachment(DisconnectReason.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("attachment: another type (expected: a DisconnectReason)");
    }
}
