package dev.watchparty.server.telemetry;

import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionListener;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each who joins and leaves; what they do with the video is logged at debug. */
public final class SessionLog implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(SessionLog.class);

    @Inject
    SessionLog() {}

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof Joined joined) {
            log.atInfo()
                    .addKeyValue("room", joined.room())
                    .addKeyValue("socket", joined.participant().socketId())
                    .addKeyValue("username", joined.participant().username())
                    .log("joined");
        } else if (event instanceof Left left && left.participant().isPresent()) {
            log.atInfo()
                    .addKeyValue("room", left.room())
                    .addKeyValue("socket", left.socketId())
                    .log("left");
        } else if (event instanceof Changed changed) {
            changed.changes().forEach(change -> log(changed, change));
        } else if (event instanceof Corrected corrected) {
            log.atDebug()
                    .addKeyValue("room", corrected.room())
                    .addKeyValue("socket", corrected.socketId())
                    .log("corrected");
        }
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
