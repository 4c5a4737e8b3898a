package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rules by which sockets enter a room, take names in it and leave it. Pure: the same state, socket and time give
 * the same outcome, anywhere.
 */
public final class MembershipRules {
    private final int maxUsers;

    /** @param maxUsers participants in a room, >= 1 */
    public MembershipRules(int maxUsers) {
        checkArgument(maxUsers >= 1, "maxUsers: %s (expected: >= 1)", maxUsers);
        this.maxUsers = maxUsers;
    }

    /**
     * A socket enters. If it returns under a name, it gets that name back. The others are notified only if they were
     * notified that it had left.
     *
     * @param now ms since the epoch
     * @throws SessionException if the settings of the room keep it out
     */
    public Outcome enter(RoomState state, Visitor visitor, long now) {
        EntryRules.check(state, visitor, now);
        Optional<Presence> before = state.roster().find(visitor.socketId());
        Optional<Participant> known = before.flatMap(Presence::participant);
        Optional<Participant> participant =
                known.or(() -> visitor.returningAs().map(name -> participant(state, visitor, name, now)));
        Presence presence = new Presence(visitor, participant, OptionalLong.empty(), before.flatMap(Presence::report));
        RoomState next = state.with(state.roster().with(presence));
        List<SessionEvent> events = new ArrayList<>();
        events.add(entered(next, visitor));
        participant
                .filter(joined -> known.isEmpty())
                .ifPresent(joined -> events.add(new Joined(state.room(), joined, next.snapshot())));
        reported(state, next, visitor.socketId()).ifPresent(events::add);
        return new Outcome(next, events);
    }

    private static Optional<SessionEvent> reported(RoomState before, RoomState after, String socketId) {
        return Reported.between(before.room(), before.snapshot(), after.snapshot(), socketId);
    }

    /** A person who is in the room with another socket keeps the place of that one. */
    private static Participant participant(RoomState state, Visitor visitor, Username username, long now) {
        String participantId = visitor.arrival().credentials().participantId();
        if (participantId.equals(visitor.socketId())) {
            return new Participant(visitor.socketId(), username, now); // its first socket, or its only one
        }
        long joinedAt = state.roster()
                .presencesOf(participantId)
                .flatMap(presence -> presence.participant().stream())
                .mapToLong(Participant::joinedAt)
                .min()
                .orElse(now);
        return new Participant(visitor.socketId(), username, joinedAt, participantId);
    }

    private static Entered entered(RoomState state, Visitor visitor) {
        return new Entered(state.room(), visitor, state.snapshot());
    }

    /**
     * A socket takes a name, or changes its name. Nothing happens if it is not in the room.
     *
     * @param now ms since the epoch
     * @throws SessionException if the room is full, or if the socket's address has been banned since it entered
     */
    public Outcome join(RoomState state, String socketId, Username username, long now) {
        Presence presence = state.roster().find(socketId).orElse(null);
        if (presence == null) {
            return Outcome.of(state);
        }
        Participant known = presence.participant().orElse(null);
        if (known == null) {
            checkJoin(state, presence.visitor(), now);
        }
        if (known != null
                && presence.visitor().returningAs().equals(Optional.of(username))
                && known.username().equals(username)) {
            // A client sends its name again after every connect. The others know it.
            return Outcome.of(state, entered(state, presence.visitor()));
        }
        Participant participant =
                known == null ? participant(state, presence.visitor(), username, now) : known.renamed(username);
        RoomState next = state.with(state.roster().with(presence.withParticipant(participant)));
        return Outcome.of(next, new Joined(state.room(), participant, next.snapshot()));
    }

    /** A socket says how its player is. Nothing happens if it has not joined. */
    public Outcome report(RoomState state, String socketId, PlayerReport report) {
        return reporting(state, state.with(state.roster().reported(socketId, report)), socketId);
    }

    private static Outcome reporting(RoomState before, RoomState after, String socketId) {
        return new Outcome(after, reported(before, after, socketId).stream().toList());
    }

    private void checkJoin(RoomState state, Visitor visitor, long now) {
        List<Participant> participants = state.roster().participants();
        state.playback()
                .settings()
                .exclusion(visitor.arrival().credentials(), participants, now)
                .ifPresent(exclusion -> {
                    throw exclusion;
                });
        if (participants.size() >= maxUsers) {
            throw new SessionException(RequestErrorCode.ROOM_FULL, "the room takes no more users");
        }
    }

    /**
     * The connection of a visitor is lost. The visitor stays in the room until it leaves. Nothing happens if it has
     * come back already.
     *
     * @param now ms since the epoch
     */
    public Outcome lose(RoomState state, Visitor visitor, long now) {
        return latest(state, visitor)
                .map(presence ->
                        reporting(state, state.with(state.roster().with(presence.lost(now))), visitor.socketId()))
                .orElseGet(() -> Outcome.of(state));
    }

    /**
     * A visit ends. Nothing happens if it is not the latest visit of its socket, because the socket has come back
     * meanwhile.
     */
    public Outcome leave(RoomState state, Visitor visitor) {
        return latest(state, visitor)
                .map(presence -> Outcome.of(
                        state.with(state.roster().without(visitor.socketId())),
                        new Left(state.room(), visitor.socketId(), presence.participant())))
                .orElseGet(() -> Outcome.of(state));
    }

    /** The presence of a visitor; empty if its socket has left, or is on a later visit. */
    private static Optional<Presence> latest(RoomState state, Visitor visitor) {
        return state.roster()
                .find(visitor.socketId())
                .filter(presence -> presence.visitor().visit() == visitor.visit());
    }

    /**
     * A session of an earlier run of the server continues, as if the connections of all its participants had been lost
     * when it was saved. Sockets that are in the room already receive the playback under higher numbers than they have
     * seen, and the participants.
     *
     * @param saved the session
     * @param savedAt when it was saved, ms since the epoch
     * @param returning the public id of the participant that returns now; the others are awaited
     */
    public Outcome revive(RoomState state, Snapshot saved, long savedAt, String returning) {
        long seq = Math.max(saved.state().seq(), state.playback().seq());
        SessionState playback = state.roster().isEmpty()
                ? saved.state().withSeq(seq)
                : saved.state().renumberedAfter(seq);
        RoomState next = state.with(playback);
        List<Visitor> awaited = new ArrayList<>();
        List<SessionEvent> joined = new ArrayList<>();
        for (Participant participant : saved.participants()) {
            Visitor absent = Visitor.ofEarlierRun(participant);
            Presence presence = next.roster().find(participant.socketId()).orElseGet(() -> Presence.of(absent)
                    .lost(savedAt));
            RoomState before = next;
            next = next.with(next.roster().with(presence.withParticipant(participant)));
            joined.add(new Joined(state.room(), participant, next.snapshot()));
            reported(before, next, participant.socketId()).ifPresent(joined::add);
            if (!participant.socketId().equals(returning)) {
                awaited.add(absent);
            }
        }
        List<SessionEvent> events = new ArrayList<>();
        events.add(new Revived(state.room(), awaited));
        events.add(new Changed(state.room(), playback, playback.trail()));
        events.addAll(joined);
        return new Outcome(next, events);
    }
}
