package dev.watchparty.server.socketio;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.FanOut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A set of sockets that receive the same events. Keep it while the set stays the same: a broadcast then determines only
 * once how to reach the sockets. For callers with a common lock.
 */
public final class Audience {
    private final List<SocketIOClient> sockets;
    private List<Group> groups;

    /** Sockets that read the same bytes. */
    record Group(WireForm form, FanOut.Groups<NamespaceSocket> sockets) {}

    private Audience(List<SocketIOClient> sockets) {
        this.sockets = sockets;
    }

    public static Audience of(Collection<? extends SocketIOClient> sockets) {
        return new Audience(List.copyOf(sockets));
    }

    public List<SocketIOClient> sockets() {
        return sockets;
    }

    List<Group> groups() {
        if (groups == null || groups.stream().anyMatch(group -> group.sockets().isOutdated())) {
            groups = group();
        }
        return groups;
    }

    private List<Group> group() {
        List<Group> grouped = new ArrayList<>();
        sockets.stream()
                .map(NamespaceSocket::of)
                .collect(groupingBy(NamespaceSocket::form, LinkedHashMap::new, toList()))
                .forEach((form, same) -> grouped.add(new Group(form, FanOut.group(same))));
        return grouped;
    }
}
