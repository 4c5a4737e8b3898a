package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.SettingsCommand.AddHost;
import dev.watchparty.server.session.SettingsCommand.Kick;
import dev.watchparty.server.session.SettingsCommand.RemoveHost;
import dev.watchparty.server.session.SettingsCommand.Update;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules by which hosts change the settings of their room. Pure: the same state, command and time give the same
 * outcome, anywhere. A change takes the next number of the room, and is told as a state with other settings.
 */
final class SettingsRules {
    private final Duration addressBan;

    /** @param addressBan how long nobody new may enter from the address of a participant that was sent away */
    SettingsRules(Duration addressBan) {
        this.addressBan = requireNonNull(addressBan, "addressBan is null");
    }

    /**
     * Applies the command of a socket in a room. Nothing happens if the socket is not there, or if the command changes
     * nothing.
     *
     * @param now ms since the epoch
     * @return refused if the socket's participant is not a host, or if the command cannot be carried out
     */
    Outcome apply(RoomState state, String socketId, SettingsCommand command, long now) {
        Presence sender = state.roster().find(socketId).orElse(null);
        if (sender == null) {
            return Outcome.of(state);
        }
        RoomSettings before = state.playback().settings();
        try {
            before.checkHost(sender.participantId());
            RoomSettings after = apply(state, before, command, sender, now);
            return after.equals(before)
                    ? Outcome.of(state)
                    : change(state, after.changed(now, sender.participant().map(Participant::username)));
        } catch (SessionException refused) {
            return Outcome.refused(state, refused);
        }
    }

    private RoomSettings apply(
            RoomState state, RoomSettings settings, SettingsCommand command, Presence sender, long now) {
        if (command instanceof Update update) {
            return settings.with(update);
        }
        if (command instanceof AddHost add) {
            return addHost(state, settings, add.participantId());
        }
        if (command instanceof RemoveHost remove) {
            return removeHost(settings, remove.participantId(), sender);
        }
        if (command instanceof Kick kick) {
            return kick(state, settings, kick.participantId(), now);
        }
        return settings.withClosed();
    }

    private static RoomSettings addHost(RoomState state, RoomSettings settings, String participantId) {
        if (settings.isHost(participantId)) {
            return settings;
        }
        if (!isHere(state, participantId)) {
            throw refusal("that person is not in this room");
        }
        if (settings.hosts().size() >= RoomSettings.MAX_HOSTS) {
            throw refusal("a room has at most %d hosts".formatted(RoomSettings.MAX_HOSTS));
        }
        return settings.withHost(participantId);
    }

    /** The first host is the creator, or the one to whom the creator has left the room. */
    private static RoomSettings removeHost(RoomSettings settings, String participantId, Presence sender) {
        if (!settings.isHost(participantId)) {
            return settings;
        }
        if (settings.hosts().size() == 1) {
            throw refusal("the last host stays; make another person host first");
        }
        if (settings.hosts().get(0).equals(participantId)
                && !sender.participantId().equals(participantId)) {
            throw refusal("the first host can only step down by itself");
        }
        return settings.withoutHost(participantId);
    }

    private RoomSettings kick(RoomState state, RoomSettings settings, String participantId, long now) {
        if (settings.isHost(participantId)) {
            throw refusal("a host cannot be sent away");
        }
        if (!isHere(state, participantId)) {
            throw refusal("that person is not in this room");
        }
        long until = now + addressBan.toMillis();
        RoomSettings banned = settings.withBan(new Ban(participantId, Optional.empty(), until));
        List<String> addresses = state.roster()
                .presencesOf(participantId)
                .flatMap(presence -> presence.visitor().arrival().credentials().addressTag().stream())
                .distinct()
                .sorted()
                .toList();
        for (String address : addresses) {
            banned = banned.withBan(new Ban(participantId, Optional.of(address), until));
        }
        return banned;
    }

    private static boolean isHere(RoomState state, String participantId) {
        return state.roster().presencesOf(participantId).findAny().isPresent();
    }

    private static SessionException refusal(String message) {
        return new SessionException(RequestErrorCode.NOT_ALLOWED, message);
    }

    private static Outcome change(RoomState state, RoomSettings settings) {
        return Outcome.changed(state.with(state.playback().with(settings)));
    }

    /** Whether a host is needed: people are in an owned room, and none of its hosts is connected. */
    static boolean lacksHost(RoomState state) {
        RoomSettings settings = state.playback().settings();
        return settings.isOwned()
                && !settings.closed()
                && connected(state).noneMatch(presence -> settings.isHost(presence.participantId()))
                && connected(state).anyMatch(presence -> presence.participant().isPresent());
    }

    private static Stream<Presence> connected(RoomState state) {
        return state.roster().presences().filter(presence -> presence.lostAt().isEmpty());
    }

    /**
     * No host has been there for long enough: the participant who has been there longest becomes host too, of
     * those whose page can act as host. Nothing happens if a host is there again, or nobody else is.
     *
     * @param now ms since the epoch
     */
    Outcome succeed(RoomState state, long now) {
        if (!lacksHost(state)) {
            return Outcome.of(state);
        }
        RoomSettings settings = state.playback().settings();
        return connected(state)
                .filter(presence -> !presence.visitor().echoes()) // the original's page cannot act as host
                .flatMap(presence -> presence.participant().stream())
                .min(Comparator.comparingLong(Participant::joinedAt).thenComparing(Participant::socketId))
                .map(heir -> change(state, heir(settings, heir).changed(now, Optional.<Username>empty())))
                .orElseGet(() -> Outcome.of(state));
    }

    /** None of the hosts is there. If there are too many, the earliest after the first gives way. */
    private static RoomSettings heir(RoomSettings settings, Participant heir) {
        RoomSettings roomy = settings.hosts().size() < RoomSettings.MAX_HOSTS
                ? settings
                : settings.withoutHost(settings.hosts().get(1));
        return roomy.withHost(heir.participantId());
    }
}
