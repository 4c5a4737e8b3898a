package dev.watchparty.server.session;

import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import java.util.function.Consumer;

/** Passes every event on. */
public record TestingListener(Consumer<SessionEvent> events) implements SessionListener {
    @Override
    public void entered(Entered event) {
        events.accept(event);
    }

    @Override
    public void joined(Joined event) {
        events.accept(event);
    }

    @Override
    public void left(Left event) {
        events.accept(event);
    }

    @Override
    public void reported(Reported event) {
        events.accept(event);
    }

    @Override
    public void revived(Revived event) {
        events.accept(event);
    }

    @Override
    public void changed(Changed event) {
        events.accept(event);
    }

    @Override
    public void corrected(Corrected event) {
        events.accept(event);
    }
}
