package dev.watchparty.server.session;

import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;

/**
 * Hears what comes true in the rooms that sockets of this node are in.
 *
 * <p>Called for one event of a room after the other, in the order of their numbers. It must neither block nor call the store:
 * the room waits for it. No method has a default, so that a new event does not compile until each listener says what it
 * does with it.
 */
public interface SessionListener {
    void entered(Entered event);

    void joined(Joined event);

    void left(Left event);

    void revived(Revived event);

    void changed(Changed event);

    void corrected(Corrected event);
}
