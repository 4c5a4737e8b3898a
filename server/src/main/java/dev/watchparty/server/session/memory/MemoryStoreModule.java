package dev.watchparty.server.session.memory;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionStore;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/** The store in memory with its clock, and the file that carries its sessions over a restart. */
@API(status = API.Status.INTERNAL)
public final class MemoryStoreModule extends AbstractModule {
    private final Optional<Path> sessionFile;

    /** @param sessionFile keeps the sessions; empty if none are kept over a restart */
    public MemoryStoreModule(Optional<Path> sessionFile) {
        this.sessionFile = sessionFile;
    }

    @Override
    protected void configure() {
        bind(PresenceStore.class).to(MemoryStore.class);
        bind(ServerClock.class).toInstance(ServerClock.anchored());
        bind(SessionStore.class).to(MemoryStore.class);
        Multibinder.newSetBinder(binder(), SessionListener.class).addBinding().to(SessionSaver.class);
        Multibinder.newSetBinder(binder(), ManagedPart.class).addBinding().to(SessionSaver.class);
    }

    @Provides
    @Singleton
    SessionFile sessionFile(RecoveryWindow window, ServerClock clock) {
        return new SessionFile(sessionFile, window.length(), clock);
    }

    @Provides
    @Singleton
    SessionFile.Contents saved(SessionFile file) {
        return file.load();
    }

    @Provides
    SavedSessions savedSessions(SessionFile.Contents saved) {
        return saved.sessions();
    }
}
