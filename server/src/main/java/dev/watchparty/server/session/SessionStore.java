package dev.watchparty.server.session;

import java.util.concurrent.CompletionStage;

/**
 * Keeps the sessions, and decides on every command.
 *
 * <p>Asynchronous: a stage completes when the call has taken effect. With the store in memory it is complete when the
 * method returns. A stage fails with a {@link SessionException} if the call was refused, and then nothing has changed.
 * {@link SessionEvent}s report all effects.
 *
 * <p>It guarantees that a room's number only rises, and that a listener receives the events of a room one at a time, in
 * the order of their numbers. A socket that enters receives every change after its {@link SessionEvent.Entered}, and
 * none before.
 */
public interface SessionStore {
    /**
     * Creates a room with settings of its own, for a client that has not entered it yet.
     *
     * @return false if there is a room of that name
     */
    CompletionStage<Boolean> create(RoomId room, RoomSettings settings);

    /** The settings of a room; those of a room that nobody owns if there is none. */
    CompletionStage<RoomSettings> settings(RoomId room);

    /** Applies the command of a socket. Ignored if the socket is not in the room. */
    CompletionStage<Void> apply(RoomId room, String socketId, RoomCommand command);

    /**
     * Completes if the store can serve; fails with the reason if it cannot. The message of a {@link SessionException} is
     * shown to everyone who asks {@code /readyz}.
     */
    CompletionStage<Void> ready();

    /** Adds a listener permanently. This must be called before the first call of any other method. */
    void subscribe(SessionListener listener);
}
