package dev.watchparty.server.limits;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.logging.ThrottledLog;
import dev.watchparty.server.socketio.EventLimiter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits by token buckets: one set for each socket and one for each address.
 *
 * <p>A packet beyond a limit is dropped. From time to time its sender is notified, and a log line reports it. A socket
 * that keeps exceeding its limits is closed. The last playback command is applied as soon as there is an allowance for it.
 */
@API(status = API.Status.INTERNAL)
public final class RateLimits implements EventLimiter {
    private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

    /** How many addresses are remembered, and for how long after their last packet. */
    private static final int MAX_ADDRESSES = 100_000;

    private static final Duration ADDRESS_MEMORY = Duration.ofMinutes(5);

    /** How often a socket is notified that it is too fast. */
    private static final Rate NOTICES = new Rate(1, 1);

    /** How long an event waits when another socket of its address has taken the shared allowance in the same moment. */
    private static final Duration AFTER_A_RACE = Duration.ofMillis(10);

    private static final String CONNECTIONS = "connections";

    private final LimitsConfig config;
    private final SharedLimits shared;
    private final TimeMeter time;
    private final LoadingCache<AddressKey, Address> addresses;
    private final Map<AddressKey, Integer> open = new ConcurrentHashMap<>();
    private final ThrottledLog refused = new ThrottledLog(count ->
            log.atWarn().addKeyValue("count", count).log("connections refused: beyond the limits of their addresses"));
    private final ThrottledLog beyond = new ThrottledLog(
            count -> log.atInfo().addKeyValue("count", count).log("packets have exceeded their limits"));

    /** The limits that all sockets of one address share. */
    private record Address(Tokens connections, Allowance allowance) {}

    /** @param shared counts for all nodes if the configuration shares the limits of addresses; unused if not */
    public RateLimits(LimitsConfig config, SharedLimits shared) {
        this(config, shared, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(LimitsConfig config, SharedLimits shared, TimeMeter time) {
        this.config = requireNonNull(config, "config is null");
        this.shared = requireNonNull(shared, "shared is null");
        this.time = requireNonNull(time, "time is null");
        this.addresses = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterAccess(ADDRESS_MEMORY)
                .build(this::newAddress);
    }

    private Address newAddress(AddressKey key) {
        return new Address(tokens(key, CONNECTIONS, config.connections()), new Allowance(kind -> {
            Rate rate = config.rate(kind).times(config.perAddressFactor());
            return kind.isShared() ? tokens(key, kind.key(), rate) : local(rate);
        }));
    }

    private Tokens tokens(AddressKey key, String name, Rate rate) {
        return config.shared()
                ? new SharedTokens(local(rate), count -> shared.count(name, key, rate, count), time)
                : local(rate);
    }

    private Tokens local(Rate rate) {
        return new LocalTokens(rate.newBucket(time));
    }

    @Override
    public Optional<EventLease> admit(InetAddress client, InetAddress counted) {
        if (!config.enabled()) {
            return UNLIMITED.admit(client, counted);
        }
        AddressKey key = AddressKey.of(counted);
        Address address = addresses.get(key);
        if (!address.connections().take() || !occupy(key)) {
            refused.count();
            return Optional.empty();
        }
        return Optional.of(new SocketLease(client, key, address));
    }

    private boolean occupy(AddressKey key) {
        if (open.merge(key, 1, Integer::sum) <= config.socketsPerAddress()) {
            return true;
        }
        vacate(key);
        return false;
    }

    private void vacate(AddressKey key) {
        open.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    private final class SocketLease implements EventLease {
        private final InetAddress peer;
        private final AddressKey key;
        private final Address address;
        private final Allowance allowance = new Allowance(kind -> local(config.rate(kind)));
        private final Bucket patience = config.abuse().newBucket(time);
        private final Bucket notices = NOTICES.newBucket(time);
        private final AtomicBoolean joined = new AtomicBoolean();

        SocketLease(InetAddress peer, AddressKey key, Address address) {
            this.peer = peer;
            this.key = key;
            this.address = address;
        }

        @Override
        public EventVerdict onEvent(SocketIOClient client, String event) {
            EventKind kind = EventKind.of(event);
            // The first join of a socket is limited by its connection: an address that may connect may also join.
            boolean alone = kind == EventKind.JOIN && joined.compareAndSet(false, true);
            if (allowance.take(kind) && (alone || address.allowance().take(kind))) {
                return EventVerdict.PASS;
            }
            if (isOutOfPatience()) {
                return EventVerdict.CLOSE;
            }
            if (notices.tryConsume(1)) {
                client.sendEvent(
                        SocketEvents.ERROR,
                        new RequestError(
                                known(event),
                                RequestErrorCode.RATE_LIMITED,
                                kind.isKept()
                                        ? "too many requests; only the last one counts"
                                        : "too many requests; the last ones were dropped"));
            }
            return kind.isKept() ? EventVerdict.EARLY : EventVerdict.DROP;
        }

        @Override
        public Duration take(String event) {
            EventKind kind = EventKind.of(event);
            Duration own = allowance.untilOne(kind);
            Duration ofAddress = address.allowance().untilOne(kind);
            Duration wait = own.compareTo(ofAddress) > 0 ? own : ofAddress;
            if (!wait.isZero()) {
                return wait;
            }
            boolean taken = address.allowance().take(kind) && allowance.take(kind);
            return taken ? Duration.ZERO : AFTER_A_RACE;
        }

        @Override
        public Verdict onPacket() {
            // Packets that the protocol itself needs are never lost because of packets that neighbours send.
            if (allowance.take(EventKind.OTHER)) {
                return Verdict.PASS;
            }
            return isOutOfPatience() ? Verdict.CLOSE : Verdict.DROP;
        }

        @Override
        public void release() {
            vacate(key);
        }

        /** Counts a packet beyond a limit. */
        private boolean isOutOfPatience() {
            beyond.count();
            if (patience.tryConsume(1)) {
                return false;
            }
            log.atInfo()
                    .addKeyValue("address", peer.getHostAddress())
                    .log("socket closed: it kept exceeding its limits");
            return true;
        }

        /** The name of an event outside the contract is the sender's own text, and is not echoed. */
        private String known(String event) {
            return EventKind.of(event) == EventKind.OTHER ? "other" : event;
        }
    }
}
