package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackCommand.Pause;
import dev.watchparty.server.session.PlaybackCommand.Play;
import dev.watchparty.server.session.PlaybackCommand.Seek;
import java.util.Optional;

/**
 * The state that a socket's player has reached by commands that came too early: the last of them, or a play or pause
 * with the position of a later seek.
 *
 * @param command a play, a pause or a seek
 * @param ack of the last of the requests, the only one that is confirmed
 */
record DeferredCommand(PlaybackCommand command, AckRequest ack) {
    DeferredCommand {
        requireNonNull(command, "command is null");
        requireNonNull(ack, "ack is null");
    }

    /** The event that carries such a command, and that the limits must allow. */
    String event() {
        if (command instanceof Play) {
            return SocketEvents.PLAY;
        }
        return command instanceof Pause ? SocketEvents.PAUSE : SocketEvents.SEEK;
    }

    /** The command that remains when another one came after this one, and too early as well. */
    DeferredCommand followedBy(DeferredCommand later) {
        // Without a time it means the player's current position, which is the position of the earlier one.
        Optional<Double> time = time(later.command).or(() -> time(command));
        DeferredCommand lasting = later.command instanceof Seek ? this : later;
        return new DeferredCommand(lasting.at(time), later.ack);
    }

    /**
     * The command that remains when a later command has been applied: a play or pause at the position of a seek;
     * otherwise none.
     */
    Optional<DeferredCommand> after(PlaybackCommand done) {
        return done instanceof Seek && !(command instanceof Seek)
                ? Optional.of(new DeferredCommand(at(Optional.empty()), ack))
                : Optional.empty();
    }

    private static Optional<Double> time(PlaybackCommand command) {
        if (command instanceof Play play) {
            return play.time();
        }
        if (command instanceof Pause pause) {
            return pause.time();
        }
        return command instanceof Seek seek ? seek.time() : Optional.empty();
    }

    private PlaybackCommand at(Optional<Double> time) {
        if (command instanceof Play) {
            return new Play(time);
        }
        return command instanceof Pause ? new Pause(time) : new Seek(time);
    }
}
