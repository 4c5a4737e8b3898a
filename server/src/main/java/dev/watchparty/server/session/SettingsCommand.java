package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import java.util.Optional;

/** A request of a host to change the settings of its room. */
public sealed interface SettingsCommand extends RoomCommand {
    /** Changes some settings; the empty ones stay as they are. */
    record Update(
            Optional<RoomTitle> title,
            Optional<Steering> steering,
            Optional<Boolean> locked,
            Optional<PasswordChange> password)
            implements SettingsCommand {
        public Update {
            requireNonNull(title, "title is null");
            requireNonNull(steering, "steering is null");
            requireNonNull(locked, "locked is null");
            requireNonNull(password, "password is null");
        }
    }

    /**
     * A change of the password.
     *
     * @param next empty if nobody must know a password any more
     */
    record PasswordChange(Optional<RoomPassword> next) {
        /** Nobody must know a password any more. */
        public static final PasswordChange REMOVAL = new PasswordChange(Optional.empty());

        public PasswordChange {
            requireNonNull(next, "next is null");
        }

        /** Those who enter must know this one. */
        public static PasswordChange to(RoomPassword password) {
            return new PasswordChange(Optional.of(password));
        }
    }

    /** Makes a participant a host. */
    record AddHost(String participantId) implements SettingsCommand {
        public AddHost {
            requireNonNull(participantId, "participantId is null");
        }
    }

    /** Makes a host a guest. */
    record RemoveHost(String participantId) implements SettingsCommand {
        public RemoveHost {
            requireNonNull(participantId, "participantId is null");
        }
    }

    /** Sends a participant away, and keeps it out. */
    record Kick(String participantId) implements SettingsCommand {
        public Kick {
            requireNonNull(participantId, "participantId is null");
        }
    }

    /** Sends everyone away, for good. */
    record Close() implements SettingsCommand {}
}
