package dev.watchparty.server.broadcast;

import dev.watchparty.protocol.RoomInfo;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.protocol.User;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.UserReports;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.socketio.Message;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The events of the original server, and those about identities and hosts. */
final class HostedDialect extends OriginalDialect {
    static final HostedDialect INSTANCE = new HostedDialect();

    /** More than a screen shows; a client asks for the others when a person wants to see them. */
    private static final int MAX_LISTED = 200;

    private HostedDialect() {}

    @Override
    public boolean knowsHosts() {
        return true;
    }

    @Override
    public int maxListed(int configured) {
        return Math.min(MAX_LISTED, configured);
    }

    @Override
    public User user(Participant participant) {
        return participant.toUser();
    }

    @Override
    Optional<Integer> peopleIfUnlisted(int listed, Snapshot room) {
        return Optional.of(room.peopleCount())
                .filter(people -> room.participants().size() > listed);
    }

    @Override
    Optional<List<UserReport>> told(Collection<UserReport> reports) {
        return reports.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(reports));
    }

    @Override
    public Message reports(List<UserReport> reports) {
        return new Message(SocketEvents.REPORTS, new UserReports(reports));
    }

    @Override
    Optional<RoomInfo> info(RoomSettings settings) {
        return Optional.of(toInfo(settings));
    }

    @Override
    public Message roomInfo(RoomSettings settings) {
        return new Message(SocketEvents.ROOM_INFO, toInfo(settings));
    }

    private static RoomInfo toInfo(RoomSettings settings) {
        return new RoomInfo(
                settings.isOwned(),
                settings.title().value(),
                settings.steering(),
                settings.locked(),
                settings.password().isPresent(),
                settings.hosts(),
                settings.closed(),
                settings.changedBy().map(Username::value).orElse(""));
    }
}
