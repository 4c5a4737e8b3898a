package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The decisions of the hosts about a room: the payload of {@link SocketEvents#ROOM_INFO}.
 *
 * @param owned whether the room has hosts at all. A room that nobody created has none, and everyone steers it
 * @param title as {@link RoomTitle} makes it; may be empty
 * @param steering whose playback commands the room obeys
 * @param locked whether nobody new may enter
 * @param hasPassword whether those who enter must know a password
 * @param hosts the participant ids of the hosts, present or not; the first has been host for the longest time
 * @param closed whether the room is closed for good
 * @param changedBy the name of the host who made the latest change; empty if nobody has made one
 */
@JsonPropertyOrder({"owned", "title", "steering", "locked", "hasPassword", "hosts", "closed", "changedBy"})
public record RoomInfo(
        boolean owned,
        String title,
        Steering steering,
        boolean locked,
        boolean hasPassword,
        List<String> hosts,
        boolean closed,
        String changedBy) {
    public RoomInfo {
        requireNonNull(title, "title is null");
        requireNonNull(steering, "steering is null");
        hosts = List.copyOf(hosts);
        requireNonNull(changedBy, "changedBy is null");
    }
}
