package dev.watchparty.it.testing;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.Roster;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.SavedSessions;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Keeps the sessions as the store in memory does, but at the time and with the failures that a test chooses. */
public final class DelegatingStore implements SessionStore, PresenceStore {
    /** Decides about the calls of a store. */
    public interface Calls {
        /**
         * Makes a call, now or later, or fails instead.
         *
         * @param method the name of the store's method, such as {@code enter}
         */
        <T> CompletionStage<T> make(String method, Supplier<CompletionStage<T>> call);
    }

    private final MemoryStore memory;
    private final Calls calls;

    @Inject
    DelegatingStore(
            Fixes fixes,
            RoomLimits limits,
            RecoveryWindow window,
            ServerClock clock,
            ScheduledExecutorService timer,
            Calls calls) {
        this.memory = new MemoryStore(fixes, limits, window, clock, SavedSessions.none(), timer);
        this.calls = requireNonNull(calls, "calls is null");
    }

    @Override
    public CompletionStage<Void> apply(RoomId room, String socketId, RoomCommand command) {
        return calls.make("apply", () -> memory.apply(room, socketId, command));
    }

    @Override
    public CompletionStage<Boolean> create(RoomId room, RoomSettings settings) {
        return calls.make("create", () -> memory.create(room, settings));
    }

    @Override
    public CompletionStage<RoomSettings> settings(RoomId room) {
        return calls.make("settings", () -> memory.settings(room));
    }

    @Override
    public CompletionStage<Void> ready() {
        return calls.make("ready", memory::ready);
    }

    @Override
    public void subscribe(SessionListener listener) {
        memory.subscribe(listener);
    }

    @Override
    public CompletionStage<Boolean> expects(RoomId room, String socketId) {
        return calls.make("expects", () -> memory.expects(room, socketId));
    }

    @Override
    public CompletionStage<Visitor> enter(RoomId room, Arrival arrival) {
        return calls.make("enter", () -> memory.enter(room, arrival));
    }

    @Override
    public CompletionStage<Void> join(RoomId room, String socketId, Username username) {
        return calls.make("join", () -> memory.join(room, socketId, username));
    }

    @Override
    public CompletionStage<Void> report(RoomId room, String socketId, PlayerReport report) {
        return calls.make("report", () -> memory.report(room, socketId, report));
    }

    @Override
    public CompletionStage<Roster> roster(RoomId room) {
        return calls.make("roster", () -> memory.roster(room));
    }

    @Override
    public CompletionStage<Void> lose(RoomId room, Visitor visitor) {
        return calls.make("lose", () -> memory.lose(room, visitor));
    }

    @Override
    public CompletionStage<Void> leave(RoomId room, Visitor visitor) {
        return calls.make("leave", () -> memory.leave(room, visitor));
    }
}
