package dev.watchparty.server.recovery;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Absence;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.Visitor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows who is here, who was lost a short while ago, and whom of them a client proves to be.
 *
 * <p>A ticket alone brings nobody back: its owner has to be here still, over a connection that has not been found dead, or
 * to have been lost within the window. So a ticket is worth nothing later, and what is remembered is bounded.
 */
@Singleton
public final class ConnectionRecovery implements SessionListener {
    /** The visit of those who were here when an earlier run of the server ended. */
    private static final long BEFORE_ANY_VISIT = 0;

    private final ServerClock clock;
    private final boolean enabled;
    private final TicketSigner signer;
    private final Duration window;
    private final Map<String, Place> present = new ConcurrentHashMap<>();
    private final Cache<String, Place> lost;

    /**
     * Where somebody is or was, and under which name if they joined.
     *
     * @param visit the latest; a visit may begin before the one before it has ended
     * @param lostAt when they were lost, ms since the epoch; empty while they are here
     * @param expectedFor for how long they are expected once they are lost
     */
    private record Place(
            RoomId room, Optional<Username> username, long visit, OptionalLong lostAt, Duration expectedFor) {
        Place lostAt(long now) {
            return new Place(room, username, visit, OptionalLong.of(now), expectedFor);
        }
    }

    /**
     * What is known of a socket that arrives.
     *
     * @param username the name that it had; empty if it is new, or never had one
     * @param absence as in {@link Visitor}
     */
    public record Arrival(Optional<Username> username, Optional<Absence> absence) {
        public Arrival {
            requireNonNull(username, "username is null");
            requireNonNull(absence, "absence is null");
        }
    }

    @Inject
    ConnectionRecovery(RecoveryConfig config, Archive.Contents saved, ServerClock clock) {
        this(config, saved, clock, Ticker.systemTicker());
    }

    ConnectionRecovery(RecoveryConfig config, Archive.Contents saved, ServerClock clock, Ticker ticker) {
        this.clock = requireNonNull(clock, "clock is null");
        this.enabled = config.enabled();
        this.signer = new TicketSigner(saved.secret());
        this.lost = Caffeine.newBuilder()
                .maximumSize(config.maxRemembered())
                .expireAfter(Expiry.<String, Place>writing((socketId, place) -> place.expectedFor()))
                .ticker(requireNonNull(ticker, "ticker is null"))
                .build();
        this.window = config.window();
        long now = clock.millis();
        saved.sessions().rooms().forEach((room, session) -> {
            Duration left = window.minusMillis(Math.max(0, now - session.savedAt()));
            if (!left.isZero() && !left.isNegative()) {
                session.snapshot()
                        .participants()
                        .forEach(participant -> expect(room, participant, session.savedAt(), left));
            }
        });
    }

    private void expect(RoomId room, Participant participant, long lostAt, Duration left) {
        Optional<Username> username = Optional.of(participant.username());
        lost.put(participant.socketId(), new Place(room, username, BEFORE_ANY_VISIT, OptionalLong.of(lostAt), left));
    }

    /**
     * The public id of who presents a ticket, if it is one of this server's, for that room, and its owner is expected.
     *
     * @param ticket what a client presents; not checked in any way
     */
    public Optional<String> recognise(RoomId room, String ticket) {
        return enabled
                ? signer.verify(ticket)
                        .filter(proven -> isExpected(proven, room))
                        .map(Ticket::socketId)
                : Optional.empty();
    }

    /** What a client may present when it comes back; empty if none may. */
    public Optional<String> ticket(RoomId room, String socketId) {
        return enabled ? Optional.of(signer.sign(new Ticket(socketId, room))) : Optional.empty();
    }

    private boolean isExpected(Ticket ticket, RoomId room) {
        return ticket.room().equals(room)
                && place(ticket.socketId())
                        .filter(place -> place.room().equals(room))
                        .isPresent();
    }

    private Optional<Place> place(String socketId) {
        Place place = present.get(socketId);
        return Optional.ofNullable(place != null ? place : lost.getIfPresent(socketId));
    }

    /**
     * A socket is here.
     *
     * @param visit the {@link Visitor}'s
     */
    public Arrival arrived(RoomId room, String socketId, long visit) {
        Optional<Place> known = place(socketId);
        Optional<Username> username = known.flatMap(Place::username);
        present.merge(
                socketId,
                new Place(room, username, visit, OptionalLong.empty(), window),
                (before, arrived) -> arrived.visit() > before.visit() ? arrived : before);
        lost.invalidate(socketId);
        return new Arrival(username, known.flatMap(this::absence));
    }

    private Optional<Absence> absence(Place place) {
        if (place.lostAt().isEmpty()) {
            return Optional.empty();
        }
        long lostAt = place.lostAt().getAsLong();
        return Optional.of(new Absence(lostAt, Math.max(lostAt, clock.millis())));
    }

    /** A socket's connection is lost; it may come back. Nothing happens if it has done so already. */
    public void lost(String socketId, long visit) {
        present.computeIfPresent(socketId, (id, place) -> {
            if (place.visit() == visit) {
                lost.put(
                        id,
                        place.lostAt(clock.millis())); // before it is absent, so that it is found in one of the two at
                // any time
                return null;
            }
            return place;
        });
    }

    /** A socket has gone for good, unless it is here by a later visit. */
    public void gone(String socketId, long visit) {
        present.computeIfPresent(socketId, (id, place) -> place.visit() == visit ? null : place);
    }

    /** How many that were lost are remembered. */
    long remembered() {
        lost.cleanUp();
        return lost.estimatedSize();
    }

    /** Somebody who comes back has the name of now. */
    @Override
    public void joined(Joined event) {
        Username username = event.participant().username();
        present.computeIfPresent(
                event.participant().socketId(),
                (socketId, place) ->
                        new Place(place.room(), Optional.of(username), place.visit(), OptionalLong.empty(), window));
    }

    @Override
    public void entered(Entered event) {
        // Handlers tell of arrivals and losses, with their visits.
    }

    @Override
    public void left(Left event) {}

    @Override
    public void revived(Revived event) {}

    @Override
    public void changed(Changed event) {}

    @Override
    public void corrected(Corrected event) {}
}
