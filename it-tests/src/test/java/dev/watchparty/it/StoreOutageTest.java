package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.DelegatingStore;
import dev.watchparty.it.testing.DelegatingStore.Calls;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingServer;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.server.WatchPartyServer;
import dev.watchparty.server.WatchPartyServerBuilder;
import dev.watchparty.server.session.StoreUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients at a store that cannot be reached for a while. */
class StoreOutageTest {
    private static final String WORDS = "the database cannot be reached";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private final Outage outage = new Outage();

    /** Makes the calls of one method fail, as long as it lasts. */
    private static final class Outage implements Calls {
        private volatile String failing = "nothing";
        private final AtomicInteger failures = new AtomicInteger();

        void begin(String method) {
            failures.set(0);
            failing = method;
        }

        void end() {
            failing = "nothing";
        }

        @Override
        public <T> CompletionStage<T> make(String method, Supplier<CompletionStage<T>> call) {
            return method.equals(failing) ? fail() : call.get();
        }

        <T> CompletionStage<T> fail() {
            failures.incrementAndGet();
            return CompletableFuture.failedStage(new StoreUnavailableException(WORDS));
        }

        void awaitFailures(int count) {
            await().until(() -> failures.get() >= count);
        }
    }

    @EveryClientKind
    void clientThatCannotEnterTriesAgainByItself(ClientKind kind) {
        start(outage);
        outage.begin("enter");
        TestingSocketClient client = party.open(kind, "Ann", Map.of());

        JsonNode error = client.await("session:error");
        assertThat(error.path("event").textValue()).isEqualTo("session:init");
        assertThat(error.path("code").textValue()).isEqualTo("UNAVAILABLE");
        assertThat(error.path("message").textValue()).isEqualTo(WORDS);
        client.await(ReceivedEvent.DISCONNECTED);
        outage.awaitFailures(2);
        outage.end();

        client.await("session:init");
        client.settle();
    }

    /** The Java library knows no tickets. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"JS_POLLING", "JS_WEBSOCKET", "JS_UPGRADE"})
    void clientWhoseTicketCannotBeCheckedComesBackAsWhoItWas(ClientKind kind) {
        start(outage);
        TestingSocketClient client = party.join(kind, "Ann");
        String id = client.id();
        outage.begin("expects");
        client.dropConnection();
        outage.awaitFailures(2);
        outage.end();

        client.await("session:init");
        assertThat(client.id()).isEqualTo(id);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"JS_POLLING", "JS_UPGRADE", "JAVA_WEBSOCKET", "JAVA_UPGRADE"})
    void clientThatCannotBeCheckedTriesAgainByItself(ClientKind kind) {
        party.use(TestingServer.start(WatchPartyServer.builder()
                .admissionCheck((handshake, room) ->
                        outage.make("check", () -> CompletableFuture.completedStage(Optional.empty())))));
        outage.begin("check");
        TestingSocketClient client = party.open(kind, "Ann", Map.of());
        outage.awaitFailures(2);
        outage.end();

        client.await("session:init");
        client.settle();
    }

    @Test
    void refusedRequestSaysWhyInWords() {
        start(outage);
        TestingSocketClient client = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        outage.begin("apply");

        JsonNode answer = client.ask("session:play", Map.of("time", 1));
        client.emit("session:pause", Map.of("time", 1));

        assertThat(answer.path(0).path("error").path("code").textValue()).isEqualTo("UNAVAILABLE");
        assertThat(answer.path(0).path("error").path("message").textValue()).isEqualTo(WORDS);
        assertThat(client.await("session:error").path("message").textValue()).isEqualTo(WORDS);
        outage.end();
        assertThat(client.ask("session:play", Map.of("time", 1))).isEmpty();
    }

    @Test
    void readinessSaysWhyInWords() {
        start(outage);
        outage.begin("ready");

        RawResponse response = TestingRawClient.get(party.server(), "/readyz");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("not ready: " + WORDS + "\n");
        outage.end();
        assertThat(TestingRawClient.get(party.server(), "/readyz").status()).isEqualTo(200);
    }

    @Test
    void readinessDoesNotShowAnUnknownException() {
        start(new Calls() {
            @Override
            public <T> CompletionStage<T> make(String method, Supplier<CompletionStage<T>> call) {
                return method.equals("ready")
                        ? CompletableFuture.failedStage(new IllegalStateException("10.0.0.5 is away"))
                        : call.get();
            }
        });

        assertThat(TestingRawClient.get(party.server(), "/readyz").body())
                .isEqualTo("not ready: the session store cannot be reached\n");
    }

    private void start(Calls calls) {
        WatchPartyServerBuilder builder = WatchPartyServer.builder()
                .store(DelegatingStore.class)
                .override(binder -> binder.bind(Calls.class).toInstance(calls));
        party.use(TestingServer.start(builder));
    }
}
