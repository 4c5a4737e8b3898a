package dev.watchparty.server.session;

import dev.watchparty.protocol.RequestErrorCode;
import java.util.Optional;

/** The rules by which the settings of a room keep sockets out. */
final class EntryRules {
    private EntryRules() {}

    /**
     * Checks that a socket may enter.
     *
     * @param now ms since the epoch
     * @throws SessionException if it may not; the message is for the person who uses it
     */
    static void check(RoomState state, Visitor visitor, long now) {
        RoomSettings settings = state.playback().settings();
        if (!settings.isOwned()) {
            return;
        }
        Credentials credentials = visitor.arrival().credentials();
        Optional<SessionException> exclusion = visitor.returningAs().isPresent() && wasHere(settings, visitor)
                ? settings.exclusion(credentials.participantId())
                : settings.exclusion(credentials, state.roster().participants(), now);
        exclusion.ifPresent(reason -> {
            throw reason;
        });
        if (settings.isHost(credentials.participantId()) || isKnown(state, visitor)) {
            return;
        }
        if (settings.locked()) {
            throw new SessionException(RequestErrorCode.ROOM_LOCKED, "this room is locked");
        }
        if (settings.password().isPresent()) {
            checkPassword(settings.password().get(), credentials);
        }
    }

    /**
     * Whether the person is in the room already, or has been there before: in this room, and not in an earlier one of the
     * same name.
     */
    private static boolean isKnown(RoomState state, Visitor visitor) {
        RoomSettings settings = state.playback().settings();
        Credentials credentials = visitor.arrival().credentials();
        return settings.hasTokenOfThisRoom(credentials)
                || wasHere(settings, visitor)
                || state.roster()
                        .presencesOf(credentials.participantId())
                        .findAny()
                        .isPresent();
    }

    private static boolean wasHere(RoomSettings settings, Visitor visitor) {
        return visitor.absence()
                .filter(absence -> absence.lostAt() >= settings.createdAt())
                .isPresent();
    }

    private static void checkPassword(RoomPassword password, Credentials credentials) {
        if (credentials.passwordHash().isEmpty()) {
            throw new SessionException(RequestErrorCode.PASSWORD_REQUIRED, "this room has a password");
        }
        if (!credentials.passwordHash().get().equals(password.hash())) {
            throw new SessionException(RequestErrorCode.WRONG_PASSWORD, "the password is another one");
        }
    }
}
