package dev.watchparty.server.limits;

import static dev.watchparty.server.socketio.EventLimiter.EventVerdict.CLOSE;
import static dev.watchparty.server.socketio.EventLimiter.EventVerdict.DROP;
import static dev.watchparty.server.socketio.EventLimiter.EventVerdict.EARLY;
import static dev.watchparty.server.socketio.EventLimiter.EventVerdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.engineio.ConnectionLimiter.Verdict;
import dev.watchparty.server.socketio.EventLimiter.EventLease;
import dev.watchparty.server.socketio.EventLimiter.EventVerdict;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RateLimitsTest {
    private static final Rate ROOMY = new Rate(1000, 1000);

    private final TestingTime time = new TestingTime();
    private final List<Object> told = new ArrayList<>();
    private final SocketIOClient client = clientThatRemembers(told);
    private final InetAddress alice = address("203.0.113.7");
    private final Logger logger = (Logger) LoggerFactory.getLogger(RateLimits.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void leaveTheLog() {
        logger.detachAppender(logged);
    }

    @Test
    void socketMaySeekThreeTimesASecond() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));

        assertThat(events(lease, SocketEvents.SEEK, 4)).containsExactly(PASS, PASS, PASS, EARLY);
        time.advance(Duration.ofSeconds(1));
        assertThat(events(lease, SocketEvents.SEEK, 4)).containsExactly(PASS, PASS, PASS, EARLY);
    }

    @Test
    void requestsOfHostsShareOneLimit() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));

        assertThat(events(lease, SocketEvents.ROOM_UPDATE, 9)).containsOnly(PASS);
        assertThat(events(lease, SocketEvents.KICK, 2)).containsExactly(PASS, DROP);
        assertThat(events(lease, SocketEvents.ADD_HOST, 1)).containsExactly(DROP);
        assertThat(events(lease, SocketEvents.SEEK, 1)).containsOnly(PASS);
        time.advance(Duration.ofSeconds(1));
        assertThat(events(lease, SocketEvents.REMOVE_HOST, 1)).containsExactly(PASS);
        assertThat(events(lease, SocketEvents.CLOSE, 1)).containsExactly(DROP);
    }

    @Test
    void onlyPlayAndPauseShareOneLimit() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));

        assertThat(events(lease, SocketEvents.PLAY, 3)).containsOnly(PASS);
        assertThat(events(lease, SocketEvents.PAUSE, 3)).containsExactly(PASS, PASS, EARLY);
        assertThat(events(lease, SocketEvents.SEEK, 1)).containsOnly(PASS);
        assertThat(events(lease, SocketEvents.CHANGE_VIDEO, 4)).containsExactly(PASS, PASS, PASS, DROP);
        assertThat(events(lease, SocketEvents.JOIN, 6)).containsExactly(PASS, PASS, PASS, PASS, PASS, DROP);
    }

    @Test
    void earlyEventIsAllowedWhenThereIsAnAllowanceForIt() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));
        events(lease, SocketEvents.SEEK, 3);

        Duration wait = lease.take(SocketEvents.SEEK);

        assertThat(wait).isEqualTo(Duration.ofMillis(334));
        time.advance(wait.minusMillis(10));
        assertThat(lease.take(SocketEvents.SEEK)).isPositive();
        time.advance(Duration.ofMillis(10));
        assertThat(lease.take(SocketEvents.SEEK)).isZero();
        assertThat(lease.take(SocketEvents.SEEK)).isPositive();
    }

    @Test
    void earlyEventWaitsForTheAllowanceOfItsAddressToo() {
        RateLimits limits = limits(true, 1, ROOMY, 10);
        events(admitted(limits), SocketEvents.SEEK, 3);

        assertThat(admitted(limits).take(SocketEvents.SEEK)).isPositive();
        time.advance(Duration.ofSeconds(1));
        assertThat(admitted(limits).take(SocketEvents.SEEK)).isZero();
    }

    @Test
    void unknownEventsAndOtherPacketsShareOneLimit() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));

        assertThat(events(lease, "made-up", 19)).containsOnly(PASS);
        assertThat(lease.onPacket()).isEqualTo(Verdict.PASS);
        assertThat(lease.onPacket()).isEqualTo(Verdict.DROP);
    }

    @Test
    void senderIsNotifiedOnceASecondWithoutItsOwnText() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));
        events(lease, "<script>", 40);

        assertThat(told).singleElement().isInstanceOfSatisfying(RequestError.class, error -> {
            assertThat(error.code()).isEqualTo(RequestErrorCode.RATE_LIMITED);
            assertThat(error.event()).isEqualTo("other");
        });
        time.advance(Duration.ofSeconds(1));
        events(lease, SocketEvents.SEEK, 10);
        assertThat(told).hasSize(2);
    }

    @Test
    void socketThatIgnoresTheLimitIsClosed() {
        EventLease lease = admitted(limits(true, 50, ROOMY, 10));

        List<EventVerdict> verdicts = events(lease, SocketEvents.SEEK, 200);

        assertThat(verdicts.subList(0, 3)).containsOnly(PASS);
        assertThat(verdicts.subList(3, 103)).containsOnly(EARLY);
        assertThat(verdicts.subList(103, 200)).containsOnly(CLOSE);
    }

    @Test
    void socketsOfOneAddressShareAnAllowance() {
        RateLimits limits = limits(true, 2, ROOMY, 10);
        List<EventLease> leases =
                IntStream.range(0, 3).mapToObj(i -> admitted(limits)).toList();

        assertThat(events(leases.get(0), SocketEvents.SEEK, 3)).containsOnly(PASS);
        assertThat(events(leases.get(1), SocketEvents.SEEK, 3)).containsOnly(PASS);
        assertThat(events(leases.get(2), SocketEvents.SEEK, 3)).containsOnly(EARLY);
        EventLease elsewhere =
                limits.admit(address("203.0.113.8"), address("203.0.113.8")).orElseThrow();
        assertThat(events(elsewhere, SocketEvents.SEEK, 3)).containsOnly(PASS);
    }

    @Test
    void firstJoinOfASocketCostsItsAddressNothing() {
        RateLimits limits = limits(true, 1, ROOMY, 100);
        for (int i = 0; i < 50; i++) {
            assertThat(events(admitted(limits), SocketEvents.JOIN, 1)).containsOnly(PASS);
        }
        assertThat(events(admitted(limits), SocketEvents.JOIN, 7))
                .containsExactly(PASS, PASS, PASS, PASS, PASS, DROP, DROP);
    }

    @Test
    void neighboursDoNotTakeTheAllowanceThatTheProtocolNeeds() {
        RateLimits limits = limits(true, 1, ROOMY, 100);
        events(admitted(limits), "flood", 50);

        assertThat(admitted(limits).onPacket()).isEqualTo(Verdict.PASS);
    }

    @Test
    void addressMayOpenOnlySoManySocketsAtATime() {
        RateLimits limits = limits(true, 50, ROOMY, 2);
        EventLease first = admitted(limits);
        admitted(limits);

        assertThat(limits.admit(alice, alice)).isEmpty();
        assertThat(limits.admit(alice, alice)).isEmpty();
        first.release();
        assertThat(limits.admit(alice, alice)).isPresent();
        assertThat(limits.admit(alice, alice)).isEmpty();
    }

    @Test
    void addressMayConnectOnlySoOften() {
        RateLimits limits = limits(true, 50, new Rate(1, 2), 10);
        admitted(limits).release();
        admitted(limits).release();

        assertThat(limits.admit(alice, alice)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(limits.admit(alice, alice)).isPresent();
    }

    @Test
    void limitsApplyToTheCountedAddress() {
        RateLimits limits = limits(true, 1, ROOMY, 1);

        assertThat(limits.admit(alice, address("203.0.113.8"))).isPresent();
        assertThat(limits.admit(alice, address("203.0.113.8"))).isEmpty();
        assertThat(limits.admit(alice, address("203.0.113.9"))).isPresent();
    }

    @Test
    void networkOfAnIpv6AddressCountsAsOne() {
        RateLimits limits = limits(true, 50, new Rate(1, 1), 10);

        assertThat(limits.admit(address("2001:db8:1:2::1"), address("2001:db8:1:2::1")))
                .isPresent();
        assertThat(limits.admit(address("2001:db8:1:2:ffff::9"), address("2001:db8:1:2:ffff::9")))
                .isEmpty();
        assertThat(limits.admit(address("2001:db8:1:3::1"), address("2001:db8:1:3::1")))
                .isPresent();
    }

    @Test
    void logSaysFromTimeToTimeThatLimitsAreExceeded() {
        RateLimits limits = limits(true, 50, ROOMY, 1);
        events(admitted(limits), SocketEvents.SEEK, 20);
        limits.admit(alice, alice);
        limits.admit(alice, alice);

        assertThat(logged.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly(
                        "packets have exceeded their limits",
                        "connections refused: beyond the limits of their addresses");
    }

    @Test
    void nothingIsLimitedWhenSwitchedOff() {
        RateLimits limits = limits(false, 1, new Rate(1, 1), 1);

        for (int i = 0; i < 10; i++) {
            assertThat(events(admitted(limits), SocketEvents.SEEK, 1000)).containsOnly(PASS);
        }
        assertThat(logged.list).isEmpty();
    }

    @Test
    void nodesThatShareTheirLimitsAllowAnAddressAsMuchTogetherAsOneAlone() {
        TestingCount count = new TestingCount();
        List<EventLease> nodes = List.of(sharing(count), sharing(count));

        int passed = 0;
        for (int tenths = 0; tenths < 100; tenths++) {
            for (EventLease node : nodes) {
                passed += node.onEvent(client, SocketEvents.CHANGE_VIDEO) == PASS ? 1 : 0;
            }
            time.advance(Duration.ofMillis(100));
        }

        assertThat(passed)
                .as("a burst of 3, one a second, and one by which each node notices the end")
                .isBetween(3 + 10, 3 + 10 + 2);
    }

    @Test
    void waitingEventWaitsForWhatOtherNodesHaveAllowed() {
        TestingCount count = new TestingCount();
        EventLease here = sharing(count);
        EventLease there = sharing(count);
        events(there, SocketEvents.SEEK, 3);
        events(here, SocketEvents.SEEK, 1);

        Duration wait = here.take(SocketEvents.SEEK);

        assertThat(wait).isPositive();
        time.advance(wait);
        assertThat(here.take(SocketEvents.SEEK)).isZero();
    }

    @Test
    void eventsDuringACountAreCountedTogetherAfterIt() {
        List<Long> counted = new ArrayList<>();
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        EventLease lease = admitted(new RateLimits(
                config(true, true, 50, ROOMY, 10),
                (name, address, rate, count) -> {
                    if (!name.equals("seek")) {
                        return SharedLimits.NONE.count(name, address, rate, count);
                    }
                    counted.add(count);
                    return counted.size() == 1 ? answer : CompletableFuture.completedStage(Duration.ZERO);
                },
                time));

        events(lease, SocketEvents.SEEK, 3);
        assertThat(counted).containsExactly(1L);
        answer.complete(Duration.ZERO);

        assertThat(counted).containsExactly(1L, 2L);
    }

    @Test
    void nodeThatCannotAskTheOthersKeepsItsOwnLimits() {
        EventLease lease = admitted(new RateLimits(
                config(true, true, 1, ROOMY, 10),
                (name, address, rate, count) -> CompletableFuture.failedStage(new IllegalStateException("away")),
                time));

        assertThat(events(lease, SocketEvents.SEEK, 4)).containsExactly(PASS, PASS, PASS, EARLY);
        time.advance(Duration.ofSeconds(1));
        assertThat(events(lease, SocketEvents.SEEK, 1)).containsExactly(PASS);
    }

    @Test
    void probesOfTheLatencyAreNotShared() {
        List<String> counted = new ArrayList<>();
        EventLease lease = admitted(new RateLimits(
                config(true, true, 1, ROOMY, 10),
                (name, address, rate, count) -> {
                    counted.add(name);
                    return SharedLimits.NONE.count(name, address, rate, count);
                },
                time));

        events(lease, "ping", 5);
        lease.onPacket();

        assertThat(counted).containsExactly("connections");
    }

    /** A node that counts together with others, where all sockets of an address may do as much as one. */
    private EventLease sharing(SharedLimits shared) {
        return admitted(new RateLimits(config(true, true, 1, ROOMY, 10), shared, time));
    }

    /** One bucket for each limit, which all nodes share and which may be overdrawn. */
    private final class TestingCount implements SharedLimits {
        private final Map<String, Bucket> buckets = new HashMap<>();

        @Override
        public CompletionStage<Duration> count(String name, AddressKey address, AverageRate rate, long count) {
            long blocked =
                    buckets.computeIfAbsent(name, first -> rate.newBucket(time)).consumeIgnoringRateLimits(count);
            return CompletableFuture.completedStage(Duration.ofNanos(blocked));
        }
    }

    private RateLimits limits(boolean enabled, int perAddressFactor, Rate connections, int socketsPerAddress) {
        return new RateLimits(
                config(enabled, false, perAddressFactor, connections, socketsPerAddress), SharedLimits.NONE, time);
    }

    private static LimitsConfig config(
            boolean enabled, boolean shared, int perAddressFactor, Rate connections, int socketsPerAddress) {
        return new LimitsConfig(
                enabled,
                shared,
                new Rate(3, 3),
                new Rate(5, 5),
                new Rate(1, 3),
                new Rate(1, 5),
                new Rate(1, 10),
                new Rate(3, 10),
                new Rate(2, 10),
                new Rate(20, 20),
                perAddressFactor,
                connections,
                socketsPerAddress,
                new Rate(10, 100));
    }

    private EventLease admitted(RateLimits limits) {
        Optional<EventLease> lease = limits.admit(alice, alice);
        assertThat(lease).isPresent();
        return lease.orElseThrow();
    }

    private List<EventVerdict> events(EventLease lease, String event, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> lease.onEvent(client, event))
                .toList();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static SocketIOClient clientThatRemembers(List<Object> told) {
        return (SocketIOClient) Proxy.newProxyInstance(
                SocketIOClient.class.getClassLoader(),
                new Class<?>[] {SocketIOClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sendEvent")) {
                        told.add(((Object[]) arguments[1])[0]);
                    }
                    return null;
                });
    }

    private static final class TestingTime implements TimeMeter {
        private long nanos;

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
