package dev.watchparty.server.handlers;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import org.apiguardian.api.API;

/** All handlers of events. */
@API(status = API.Status.INTERNAL)
public final class HandlersModule extends AbstractModule {
    @Override
    protected void configure() {
        Multibinder<EventHandler> handlers = Multibinder.newSetBinder(binder(), EventHandler.class);
        handlers.addBinding().to(ConnectionHandler.class);
        handlers.addBinding().to(LatencyHandler.class);
        handlers.addBinding().to(JoinHandler.class);
        handlers.addBinding().to(PeopleHandler.class);
        handlers.addBinding().to(PlaybackHandler.class);
        handlers.addBinding().to(ReportHandler.class);
        handlers.addBinding().to(RoomHandler.class);
    }
}
