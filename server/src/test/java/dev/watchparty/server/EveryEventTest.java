package dev.watchparty.server;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.SocketIONamespace;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.handlers.EventHandler;
import dev.watchparty.server.socketio.Broadcasts;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Fails when an event is added in only one place; EventKindTest does the same for its limit. */
class EveryEventTest {
    private static final Path EVENTS = Path.of("../protocol/src/main/java/dev/watchparty/protocol/SocketEvents.java");
    private static final Path PROTOCOL_POM = Path.of("../protocol/pom.xml");
    private static final Path CLIENT_EVENTS = Path.of("../client-web/src/protocol/events.ts");

    /** A record that the documentation of an event names. */
    private static final Pattern PAYLOAD = Pattern.compile("\\{@link ([A-Z]\\w+)}");

    @Test
    void documentListsEveryEvent() {
        Set<String> documented = new TreeSet<>(TestingContract.fromClients());
        documented.addAll(TestingContract.fromTheServer());

        assertThat(documented).isEqualTo(TestingContract.events());
    }

    @Test
    void everyEventFromClientsHasAHandler() {
        assertThat(handled()).isEqualTo(TestingContract.fromClients());
    }

    @Test
    void everyPayloadHasADeclarationInTypeScript() throws IOException {
        String declared = Files.readString(PROTOCOL_POM);
        Set<String> payloads = PAYLOAD.matcher(Files.readString(EVENTS))
                .results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(payloads).isNotEmpty().allSatisfy(payload -> assertThat(declared)
                .contains("<class>" + SocketEvents.class.getPackageName() + "." + payload + "</class>"));
    }

    @Test
    void ourPageKnowsEveryEvent() throws IOException {
        String known = Files.readString(CLIENT_EVENTS);

        assertThat(TestingContract.events())
                .allSatisfy(event -> assertThat(known).containsPattern("(?m)^  '?" + event + "'?: \\("));
    }

    /** The events that the bound handlers listen to. */
    private static Set<String> handled() {
        Set<String> events = new TreeSet<>();
        SocketIONamespace namespace = standIn(SocketIONamespace.class, (method, arguments) -> {
            if (method.equals("addEventListener")) {
                events.add((String) arguments[0]);
            }
        });
        ScheduledExecutorService timer = new ServerTimer();
        try {
            Map<String, ?> settings = Map.of("watchparty.server.port", 0, "watchparty.recovery.file", "");
            Module server = WatchPartyServer.builder()
                    .override(binder -> binder.bind(Broadcasts.class)
                            .toInstance(standIn(Broadcasts.class, (method, arguments) -> {})))
                    .module(ConfigLoader.of(ConfigFactory.parseMap(settings)), timer);
            Guice.createInjector(server)
                    .getInstance(new Key<Set<EventHandler>>() {})
                    .forEach(handler -> handler.register(namespace));
        } finally {
            timer.shutdownNow();
        }
        return events;
    }

    /** Answers every call with null, and reports the call. */
    private static <T> T standIn(Class<T> type, BiConsumer<String, Object[]> calls) {
        return type.cast(Proxy.newProxyInstance(
                EveryEventTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.accept(method.getName(), arguments);
                    return null;
                }));
    }
}
