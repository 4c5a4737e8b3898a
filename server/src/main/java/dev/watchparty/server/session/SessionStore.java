package dev.watchparty.server.session;

import java.util.concurrent.CompletionStage;

/**
 * Keeps the sessions, and decides every command.
 *
 * <p>Asynchronous: a stage completes when the call has taken effect. With the store in memory it is complete when the
 * method returns. A stage fails with a {@link SessionException} if the call was refused, and then nothing has changed.
 * {@link SessionEvent}s tell of all effects.
 *
 * <p>Guarantees that a room's number only rises, and that a listener hears the events of a room one at a time, in the order
 * of their numbers. A socket that enters is told of every change after its {@link SessionEvent.Entered}, and of none before.
 */
public interface SessionStore {
    /** Applies the command of a socket. Ignored if the socket is not in the room. */
    CompletionStage<Void> apply(RoomId room, String socketId, PlaybackCommand command);

    /** Completes if the store can serve; fails with the reason if it cannot. */
    CompletionStage<Void> ready();

    /** Adds a listener, for good; before the first call of any other method. */
    void subscribe(SessionListener listener);
}
