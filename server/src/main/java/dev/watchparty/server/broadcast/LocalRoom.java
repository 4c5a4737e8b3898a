package dev.watchparty.server.broadcast;

import static java.util.stream.Collectors.toSet;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.protocol.User;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.server.broadcast.Greetings.Greeting;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EncodedEvent;
import dev.watchparty.server.socketio.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * The sockets of one room that are connected to this node, and the last state that they received.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, except those that the timer calls, which take it.
 */
final class LocalRoom {
    private final Broadcasts broadcasts;
    private final ServerClock clock;
    private final BroadcastFixes fixes;
    private final int maxListed;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final HeldEchoes heldEchoes;
    private final Announcements announcements;
    private final Greetings greetings;
    private final Reports reports;
    private final Map<PartyDialect, UsersJson> users = new HashMap<>(); // for each dialect that was greeted
    private final SlowPlayers slowPlayers = new SlowPlayers();
    private Audience audience; // null after a change of the members
    private SessionState state;
    private Snapshot latest; // the participants as of the last one that entered, joined or reported

    /**
     * @param greetingWindow how long a member may wait to be greeted with others
     * @param maxListed participants that a member is told when it comes, besides itself, >= 1
     */
    LocalRoom(
            Broadcasts broadcasts,
            ServerClock clock,
            BroadcastFixes fixes,
            ScheduledExecutorService timer,
            Duration greetingWindow,
            int maxListed) {
        this.broadcasts = broadcasts;
        this.maxListed = maxListed;
        this.clock = clock;
        this.fixes = fixes;
        this.heldEchoes = new HeldEchoes(this, timer, this::sendTo);
        this.greetings = new Greetings(this, this::greet, timer, greetingWindow);
        this.announcements = new Announcements(this, greetings::flush, this::audience, broadcasts, timer);
        this.reports = new Reports(this, HostedDialect.INSTANCE.maxListed(maxListed), this::tellReports, timer);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Adds and greets a member. Returns the one that it replaces, if its socket has come back over another connection. */
    Optional<Member> enter(Member member, Snapshot snapshot) {
        Member before = members.put(member.socketId(), member);
        boolean greetedAgain = before == member;
        if (!greetedAgain) {
            if (before != null) {
                letGo(before);
            }
            member.identify();
            announcements.entered(member.client());
            audience = null;
        }
        state = snapshot.state();
        latest = snapshot;
        greetings.add(member, true);
        sendAwayIfUnwanted(member, state.settings()); // a decision about it may have overtaken its entry
        return greetedAgain ? Optional.empty() : Optional.ofNullable(before);
    }

    /**
     * Sends the current room, once for all; a member that has just entered also gets the changes that it may have
     * missed.
     */
    private void greet(Collection<Greeting> greeted) {
        Snapshot room = latest.with(state);
        Collection<UserReport> known =
                reports.isSilent(room) ? List.of() : room.reports().values();
        Set<String> greetedIds =
                greeted.stream().map(greeting -> greeting.member().socketId()).collect(toSet());
        long now = clock.millis();
        EncodedEvent init = encode(dialect -> dialect.init(room, listed(dialect, room, greetedIds), known, now));
        reports.shown(room);
        List<SocketIOClient> clients =
                greeted.stream().map(greeting -> greeting.member().client()).toList();
        clients.forEach(announcements::catchUp);
        if (clients.size() == 1) {
            broadcasts.send(init, clients.get(0));
        } else {
            broadcasts.send(init, Audience.of(clients), Set.of());
        }
        greeted.stream()
                .filter(greeting -> greeting.comes() && isReplayedTo(greeting.member()))
                .forEach(greeting -> replay(greeting.member()));
    }

    /** The users that the members of a dialect are told when some are greeted, who are among them in any case. */
    private Map<String, User> listed(PartyDialect dialect, Snapshot room, Set<String> greetedIds) {
        return users.computeIfAbsent(dialect, each -> new UsersJson(each::user))
                .of(room.participants(), dialect.maxListed(maxListed), greetedIds);
    }

    private boolean isReplayedTo(Member member) {
        return fixes.replayMissedChanges() && member.arrival().echoes();
    }

    private void replay(Member member) {
        heldEchoes.drop(member.socketId()); // the changes that follow include it
        SessionState shown = state;
        long now = clock.millis();
        for (PlaybackChange missed : shown.trail()) {
            tell(member, dialect -> dialect.change(shown, missed, now));
        }
    }

    void join(Participant participant, Snapshot snapshot) {
        EncodedEvent joined = encode(dialect -> dialect.joined(participant));
        Member joiner = members.get(participant.socketId());
        // As before it joined: a member that enters and joins is greeted twice.
        greetings.flushFor(participant.socketId());
        latest = snapshot;
        if (joiner == null) {
            announcements.announce(joined);
            return;
        }
        greetings.add(joiner, false);
        announcements.announceToOthers(joined, joiner.client());
    }

    void leave(String socketId, Optional<Participant> participant) {
        greetings.flush(); // before the list changes
        remove(members.get(socketId));
        heldEchoes.drop(socketId);
        reports.left(socketId);
        if (participant.isPresent() || !fixes.silentUnjoinedLeave()) {
            announcements.announce(encode(dialect -> dialect.left(socketId, participant)));
        }
    }

    void report(Reported reported) {
        latest = reported.snapshot();
        reports.changed(reported);
    }

    /** Removes the member of a socket that has come back elsewhere, and returns it; empty if there is none. */
    Optional<Member> expel(String socketId) {
        Optional<Member> expelled = Optional.ofNullable(members.get(socketId));
        expelled.ifPresent(member -> {
            remove(member);
            heldEchoes.drop(socketId);
        });
        return expelled;
    }

    /** A member has disconnected. Nothing happens if another connection of its socket has replaced it. */
    void forget(Member gone) {
        if (members.get(gone.socketId()) == gone) {
            remove(gone);
        }
    }

    private void remove(Member member) {
        if (member != null) {
            members.remove(member.socketId());
            letGo(member);
            slowPlayers.left(member.socketId());
            audience = null;
        }
    }

    private void letGo(Member member) {
        announcements.left(member.client());
        greetings.remove(member);
    }

    void change(SessionState next, List<PlaybackChange> changes) {
        greetings.flush();
        RoomSettings before = state.settings();
        state = next;
        announcements.flush();
        if (!next.settings().equals(before)) {
            tellSettings();
        }
        noteStart(changes);
        for (PlaybackChange change : changes) {
            if (change.action() == LastAction.PLAY) {
                heldEchoes.drop(change.socketId());
            }
            heldEchoes.releaseAll();
            long now = clock.millis();
            EncodedEvent event = encode(dialect -> dialect.change(next, change, now));
            if (isHeldBack(change)) {
                broadcasts.send(
                        event, audience(), Set.of(members.get(change.socketId()).client()));
                heldEchoes.hold(
                        change.socketId(), event, fixes.ownPauseEchoDelay().orElseThrow());
            } else {
                broadcasts.send(event, audience(), Set.of());
            }
        }
    }

    /** Tells the members that know of settings, and sends those away that may not stay. */
    private void tellSettings() {
        RoomSettings settings = state.settings();
        tellThoseWhoKnowHosts(dialect -> dialect.roomInfo(settings));
        members.values().forEach(member -> sendAwayIfUnwanted(member, settings));
    }

    private void tellReports(List<UserReport> news) {
        greetings.flush();
        announcements.flush();
        tellThoseWhoKnowHosts(dialect -> dialect.reports(news));
    }

    private void tellThoseWhoKnowHosts(Function<PartyDialect, Message> message) {
        List<SocketIOClient> clients = members.values().stream()
                .filter(member -> member.dialect().knowsHosts())
                .map(Member::client)
                .toList();
        if (!clients.isEmpty()) {
            broadcasts.send(encode(message), Audience.of(clients), Set.of());
        }
    }

    private void sendAwayIfUnwanted(Member member, RoomSettings settings) {
        settings.exclusion(member.arrival().credentials(), latest.participants(), clock.millis())
                .ifPresent(exclusion -> {
                    String event =
                            exclusion.code() == RequestErrorCode.ROOM_CLOSED ? SocketEvents.CLOSE : SocketEvents.KICK;
                    member.sendAway(new RequestError(event, exclusion.code(), exclusion.getMessage()));
                });
    }

    private void noteStart(List<PlaybackChange> changes) {
        if (changes.isEmpty()) {
            return; // nothing but a new number
        }
        if (state.playing()) {
            slowPlayers.started(changes.get(changes.size() - 1).socketId(), clock.millis());
        } else {
            slowPlayers.stopped();
        }
    }

    void correct(Corrected corrected) {
        String socketId = corrected.socketId();
        greetings.flushFor(socketId);
        state = corrected.state();
        Member member = members.get(socketId);
        if (member == null) {
            return;
        }
        long now = clock.millis();
        if (corrected.whole()) {
            heldEchoes.release(socketId);
            slowPlayers.sent(socketId, now);
            tell(member, dialect -> dialect.correction(corrected.state(), now));
        } else {
            lead(member, corrected.lag(), now)
                    .ifPresent(lead -> tell(member, dialect -> dialect.sync(corrected.state(), now, lead)));
        }
    }

    /**
     * How far ahead of the room to send a member that has repeated the current state, s; empty if it receives nothing.
     */
    private OptionalDouble lead(Member member, double lag, long now) {
        boolean mayBeSlow = fixes.spareSlowPlayers() && member.arrival().echoes() && state.playing();
        return mayBeSlow ? slowPlayers.reported(member.socketId(), lag, now) : OptionalDouble.of(0);
    }

    void beat() {
        if (state != null && state.isRunning()) {
            greetings.flush();
            announcements.flush();
            long now = clock.millis();
            Set<SocketIOClient> spared = fixes.spareSlowPlayers() ? slowPlayers.among(members.values(), now) : Set.of();
            SessionState shown = state;
            broadcasts.sendVolatile(encode(dialect -> dialect.sync(shown, now, 0)), audience(), spared);
        }
    }

    /** A pause that follows a change of the video is the room's own, and goes to all at once. */
    private boolean isHeldBack(PlaybackChange change) {
        Member sender = members.get(change.socketId());
        return change.action() == LastAction.PAUSE
                && fixes.ownPauseEchoDelay().isPresent()
                && sender != null
                && sender.arrival().echoes()
                && state.lastAction() == LastAction.PAUSE;
    }

    private void sendTo(String socketId, EncodedEvent event) {
        Member member = members.get(socketId);
        if (member != null) {
            send(event, member);
        }
    }

    private void tell(Member member, Function<PartyDialect, Message> message) {
        send(encode(message), member);
    }

    private void send(EncodedEvent event, Member member) {
        announcements.catchUp(member.client());
        broadcasts.send(event, member.client());
    }

    /** INVARIANT: all members have a dialect of ours, which their admission chose. */
    private EncodedEvent encode(Function<PartyDialect, Message> message) {
        return broadcasts.encode(dialect -> message.apply((PartyDialect) dialect));
    }

    private Audience audience() {
        if (audience == null) {
            audience = Audience.of(members.values().stream().map(Member::client).toList());
        }
        return audience;
    }
}
