package dev.watchparty.server.session;

import dev.watchparty.protocol.Username;
import java.util.concurrent.CompletionStage;

/**
 * Where the truth about the sessions is kept.
 *
 * <p>Asynchronous: a stage completes when the call has come true, which it already has when the store is in memory. It
 * fails with a {@link SessionException} if the call was refused, and then nothing has changed. What the calls did reaches
 * the sockets as {@link SessionEvent}s.
 *
 * <p>Guarantees that a room's number only rises, and that a listener hears a room's events one at a time, in the order of
 * their numbers: who enters hears of every change after its {@link SessionEvent.Entered}, and of none before.
 */
public interface SessionStore {
    /**
     * A socket comes to a room, which is made if it is not there. Comes first of a socket's calls. Who returns under a name
     * has it again, and the others hear of it only if they were told that it had left.
     */
    CompletionStage<Void> enter(RoomId room, Visitor visitor);

    /** A socket takes a name; joining again renames. */
    CompletionStage<Void> join(RoomId room, String socketId, Username username);

    /** A socket commands. */
    CompletionStage<Void> apply(RoomId room, String socketId, PlaybackCommand command);

    /** A visit ends. Ignored if it is not the socket's latest: it has come back meanwhile. */
    CompletionStage<Void> leave(RoomId room, Visitor visitor);

    /** Completes if the store can serve, fails with the reason if it cannot. */
    CompletionStage<Void> ready();

    /** Adds a listener, for good; before the first call of any other method. */
    void subscribe(SessionListener listener);
}
