package dev.watchparty.server.telemetry;

import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import jakarta.inject.Inject;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line for each user who joins or leaves. Changes of the video are logged at debug level. */
@API(status = API.Status.INTERNAL)
public final class SessionLog implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(SessionLog.class);

    @Inject
    SessionLog() {}

    @Override
    public void entered(Entered event) {
        // The transport logs its sockets.
    }

    @Override
    public void joined(Joined event) {
        log.atInfo()
                .addKeyValue("room", event.room())
                .addKeyValue("socket", event.participant().socketId())
                .addKeyValue("username", event.participant().username())
                .log("joined");
    }

    @Override
    public void left(Left event) {
        if (event.participant().isPresent()) {
            log.atInfo()
                    .addKeyValue("room", event.room())
                    .addKeyValue("socket", event.socketId())
                    .log("left");
        }
    }

    @Override
    public void reported(Reported event) {
        // Too many for a log, and the transport logs its losses.
    }

    @Override
    public void revived(Revived event) {
        // SessionFile logs the sessions that it has found.
    }

    @Override
    public void changed(Changed event) {
        event.changes().forEach(change -> log(event, change));
    }

    @Override
    public void corrected(Corrected event) {
        log.atDebug()
                .addKeyValue("room", event.room())
                .addKeyValue("socket", event.socketId())
                .log("corrected");
    }

    private static void log(Changed changed, PlaybackChange change) {
        log.atDebug()
                .addKeyValue("room", changed.room())
                .addKeyValue("socket", change.socketId())
                .addKeyValue("action", change.action())
                .addKeyValue("seq", change.seq())
                .log("playback changed");
    }
}
