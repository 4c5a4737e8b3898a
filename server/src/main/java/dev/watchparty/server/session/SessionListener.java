package dev.watchparty.server.session;

import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;

/**
 * Receives the events of the rooms that have sockets on this node.
 *
 * <p>The store calls it for one event of a room after the other, in the order of their numbers. It must neither block
 * nor call the store, because the room waits for it. No method has a default, so that a new event does not compile
 * until each listener handles it.
 */
public interface SessionListener {
    void entered(Entered event);

    void joined(Joined event);

    void left(Left event);

    void reported(Reported event);

    void revived(Revived event);

    void changed(Changed event);

    void corrected(Corrected event);
}
