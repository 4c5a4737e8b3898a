package dev.watchparty.it;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.RunningServer;
import dev.watchparty.it.testing.TestingHaproxy;
import dev.watchparty.it.testing.TestingMirror;
import dev.watchparty.it.testing.TestingNginx;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The balancers of the folder {@code deploy}, in front of two nodes. The nodes here have their rooms in memory. */
class BalancerTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final Pattern NONE_READY = Pattern.compile("\\bready'? has no server available");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A balancer, and how it starts with the settings of the folder {@code deploy}. */
    enum Balancer {
        HAPROXY,
        NGINX;

        RunningServer start(List<? extends RunningServer> nodes) {
            return this == HAPROXY ? TestingHaproxy.balance(nodes) : TestingNginx.balance(nodes);
        }
    }

    @RegisterExtension
    final TestingParty party = new TestingParty();

    /** Two processes for all tests, since each takes seconds to start; a test that ends one leaves the next to start another. */
    private static final List<TestingServerProcess> PROCESSES = new ArrayList<>();

    private final List<TestingMirror> mirrors = new ArrayList<>();
    private List<? extends RunningServer> nodes = mirrors;

    @AfterEach
    void stopMirrors() {
        mirrors.forEach(TestingMirror::close);
    }

    @AfterAll
    static void stopProcesses() {
        PROCESSES.forEach(TestingServerProcess::close);
        PROCESSES.clear();
    }

    private void startParty(Balancer balancer) {
        while (PROCESSES.size() < 2) {
            PROCESSES.add(TestingServerProcess.start(
                    List.of("-Xmx128m"), Map.of("watchparty.server.trusted-proxies", "127.0.0.1")));
        }
        nodes = List.copyOf(PROCESSES);
        party.use(balancer.start(nodes));
    }

    private void startMirrors(Balancer balancer) {
        mirrors.add(TestingMirror.start());
        mirrors.add(TestingMirror.start());
        party.use(balancer.start(nodes));
    }

    /** People with each library, transport and encoding, all joined, and upgraded if their kind does that. */
    private List<TestingSocketClient> joinTwoOfEachKind() {
        return Stream.of(ClientKind.values())
                .flatMap(kind -> IntStream.of(1, 2).mapToObj(number -> join(kind, number)))
                .toList();
    }

    private TestingSocketClient join(ClientKind kind, int number) {
        TestingSocketClient client = party.join(kind, kind.name().toLowerCase(Locale.ROOT) + number);
        if (kind.isUpgrading()) {
            client.await(ReceivedEvent.UPGRADED);
        }
        return client;
    }

    private List<TestingSocketClient> peopleOn(RunningServer node, List<TestingSocketClient> people) {
        JsonNode users = party.snapshotOf(node).path("users");
        return people.stream().filter(person -> users.has(person.id())).toList();
    }

    private static boolean wasCut(TestingSocketClient client) {
        return client.received().stream().anyMatch(event -> event.name().equals(ReceivedEvent.DISCONNECTED));
    }

    @ParameterizedTest
    @EnumSource
    void sessionsOfEveryKindStayOnOneNode(Balancer balancer) {
        startParty(balancer);
        List<TestingSocketClient> people = joinTwoOfEachKind();

        for (int round = 0; round < 5; round++) {
            people.forEach(TestingSocketClient::settle);
        }

        assertThat(people).noneMatch(BalancerTest::wasCut);
        List<TestingSocketClient> first = peopleOn(nodes.get(0), people);
        List<TestingSocketClient> second = peopleOn(nodes.get(1), people);
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
        assertThat(second).isNotEmpty();
        assertThat(first.size() + second.size()).isEqualTo(people.size());
    }

    @ParameterizedTest
    @EnumSource
    void peopleOfAKilledNodeComeToTheOther(Balancer balancer) {
        startParty(balancer);
        List<TestingSocketClient> people = joinTwoOfEachKind();
        // The first one polls, so this is a node that has polling people.
        RunningServer killed = nodes.stream()
                .filter(node -> !peopleOn(node, people.subList(0, 1)).isEmpty())
                .findFirst()
                .orElseThrow();
        RunningServer other =
                nodes.stream().filter(not(killed::equals)).findFirst().orElseThrow();
        List<TestingSocketClient> moved = peopleOn(killed, people);
        List<TestingSocketClient> untouched = peopleOn(other, people);

        killed.close();
        PROCESSES.remove(killed);

        moved.forEach(person -> person.await(ReceivedEvent.DISCONNECTED));
        moved.forEach(person -> person.await(ReceivedEvent.CONNECTED));
        moved.forEach(TestingSocketClient::settle);
        moved.forEach(person -> person.emit("session:join", Map.of("username", person.toString())));
        moved.forEach(TestingSocketClient::settle);
        assertThat(peopleOn(other, people)).containsExactlyElementsOf(people);
        assertThat(untouched).isNotEmpty().noneMatch(BalancerTest::wasCut);
    }

    @ParameterizedTest
    @EnumSource
    void nodesAreToldWhoAsksAndForWhat(Balancer balancer) {
        startMirrors(balancer);
        Map<String, String> headers = Map.of(
                "Host", "party.example.com:8443",
                "X-Forwarded-For", "198.51.100.7",
                "X-Forwarded-Host", "forged.example",
                "X-Forwarded-Proto", "forged");

        JsonNode told = Json.parse(TestingRawClient.exchange(party.server(), "GET", "/", headers, "")
                .body());

        assertThat(told.path("host").textValue()).isEqualTo("party.example.com:8443");
        assertThat(told.path("x-forwarded-host").textValue()).isEqualTo("party.example.com:8443");
        assertThat(told.path("x-forwarded-proto").textValue()).isEqualTo("http");
        assertThat(told.path("x-forwarded-for").textValue()).isEqualTo("198.51.100.7, 127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource
    void handshakeSetsNoCookie(Balancer balancer) {
        startMirrors(balancer);

        assertThat(TestingRawClient.get(party.server(), HANDSHAKE).headers()).doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @EnumSource
    void pageAndItsFilesComeFromOneNode(Balancer balancer) {
        startMirrors(balancer);
        RawResponse page = TestingRawClient.get(party.server(), "/");
        Map<String, String> headers = balancer == Balancer.NGINX ? Map.of("Cookie", cookieOf(page)) : Map.of();

        assertThat(IntStream.range(0, 10)
                        .mapToObj(number -> "/assets/%d.js".formatted(number))
                        .map(file -> TestingRawClient.exchange(party.server(), "GET", file, headers, "")))
                .allMatch(file -> portIn(file) == portIn(page));
    }

    @Test
    void haproxySpreadsPollingPeopleWithoutCookies() {
        startParty(Balancer.HAPROXY);
        List<TestingSocketClient> people = Stream.of(ClientKind.JAVA_POLLING, ClientKind.JS_POLLING)
                .flatMap(kind -> IntStream.range(0, 4).mapToObj(number -> join(kind, number)))
                .toList();

        assertThat(nodes).allSatisfy(node -> assertThat(peopleOn(node, people)).isNotEmpty());
    }

    @Test
    void haproxySendsNobodyNewToANodeThatIsNotReady() {
        startMirrors(Balancer.HAPROXY);
        String sid = sidOn(nodes.get(0));

        mirrors.get(0).setReady(false);

        awaitNewSessionsOn(nodes.get(1));
        for (int i = 0; i < 10; i++) {
            assertThat(portOf(newSid())).isEqualTo(nodes.get(1).port());
            assertThat(portOf(sid)).isEqualTo(nodes.get(0).port());
        }
    }

    @Test
    void haproxyLetsPeopleInWhenNoNodeIsReady() {
        startMirrors(Balancer.HAPROXY);
        mirrors.forEach(mirror -> mirror.setReady(false));
        TestingHaproxy haproxy = (TestingHaproxy) party.server();
        Awaitility.await("HAProxy has seen both")
                .atMost(PATIENCE)
                .until(() -> NONE_READY.matcher(haproxy.output()).find());

        String sid = newSid();

        int port = portOf(sid);
        for (int i = 0; i < 10; i++) {
            assertThat(portOf(sid)).isEqualTo(port);
        }
    }

    @Test
    void haproxyAsksAnotherNodeWhenOneIsGone() {
        startMirrors(Balancer.HAPROXY);
        String sid = sidOn(nodes.get(0));

        nodes.get(0).stop();

        assertThat(portOf(sid)).isEqualTo(nodes.get(1).port());
    }

    @Test
    void nginxSpreadsBrowsersByTheCookieOfTheirPage() {
        startParty(Balancer.NGINX);
        List<String> cookies = IntStream.range(0, 20)
                .mapToObj(number -> TestingRawClient.get(party.server(), "/"))
                .map(BalancerTest::cookieOf)
                .toList();
        assertThat(cookies).doesNotHaveDuplicates();

        List<String> names = new ArrayList<>();
        for (String cookie : cookies) {
            String name = "Browser " + names.size();
            TestingPollingSession browser = TestingPollingSession.connect(party.server(), Map.of("Cookie", cookie));
            browser.post("42[\"session:join\",{\"username\":\"%s\"}]".formatted(name));
            browser.awaitPacket(packet -> packet.contains("\"username\":\"%s\"".formatted(name)));
            names.add(name);
        }

        assertThat(nodes).allSatisfy(node -> assertThat(party.snapshotOf(node).path("users"))
                .extracting(user -> user.path("username").textValue())
                .containsAnyElementsOf(names));
    }

    @Test
    void nginxGivesABrowserOneCookieOnly() {
        startMirrors(Balancer.NGINX);
        String cookie = cookieOf(TestingRawClient.get(party.server(), "/"));

        RawResponse again = TestingRawClient.exchange(party.server(), "GET", "/", Map.of("Cookie", cookie), "");

        assertThat(again.headers()).doesNotContainKey("set-cookie");
    }

    private static String cookieOf(RawResponse page) {
        assertThat(page.header("set-cookie")).matches("watchparty_client=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax");
        return page.header("set-cookie").split(";", 2)[0];
    }

    private void awaitNewSessionsOn(RunningServer node) {
        Awaitility.await("new sessions come to one node only").atMost(PATIENCE).until(() -> IntStream.range(0, 10)
                .allMatch(i -> portOf(newSid()) == node.port()));
    }

    private String sidOn(RunningServer node) {
        return Stream.generate(this::newSid)
                .filter(sid -> portOf(sid) == node.port())
                .findFirst()
                .orElseThrow();
    }

    private String newSid() {
        RawResponse opening = TestingRawClient.get(party.server(), HANDSHAKE);
        assertThat(opening.status()).isEqualTo(200);
        return Json.parse(opening.body().substring(1)).path("sid").textValue();
    }

    private int portOf(String sid) {
        return portIn(TestingRawClient.get(party.server(), HANDSHAKE + "&sid=" + sid));
    }

    private static int portIn(RawResponse answer) {
        return Json.parse(answer.body()).path("(port)").asInt();
    }
}
