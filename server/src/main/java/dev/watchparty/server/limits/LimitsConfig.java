package dev.watchparty.server.limits;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * The limits.
 *
 * @param enabled false switches off every one of them
 * @param shared whether nodes that share a store count together what an address does
 * @param seek of one socket
 * @param playPause of one socket, both together
 * @param changeVideo of one socket
 * @param join of one socket
 * @param room of one socket, all requests of hosts together
 * @param people of one socket, pages of the list of people
 * @param report of one socket, what it says about its player
 * @param other of one socket, everything else that it sends
 * @param perAddressFactor all sockets of one address share this many times the allowance of a socket, 1 .. 10,000
 * @param connections of one address
 * @param socketsPerAddress open at a time, >= 1
 * @param abuse of one socket: if packets exceed its limits at more than this rate, it is closed
 */
@API(status = API.Status.INTERNAL)
public record LimitsConfig(
        boolean enabled,
        boolean shared,
        Rate seek,
        Rate playPause,
        Rate changeVideo,
        Rate join,
        Rate room,
        Rate people,
        Rate report,
        Rate other,
        int perAddressFactor,
        Rate connections,
        int socketsPerAddress,
        Rate abuse) {
    public LimitsConfig {
        requireNonNull(seek, "seek is null");
        requireNonNull(playPause, "playPause is null");
        requireNonNull(changeVideo, "changeVideo is null");
        requireNonNull(join, "join is null");
        requireNonNull(room, "room is null");
        requireNonNull(people, "people is null");
        requireNonNull(report, "report is null");
        requireNonNull(other, "other is null");
        requireNonNull(connections, "connections is null");
        requireNonNull(abuse, "abuse is null");
        checkArgument(
                perAddressFactor >= 1 && perAddressFactor <= 10_000,
                "perAddressFactor: %s (expected: 1 .. 10000)",
                perAddressFactor);
        checkArgument(socketsPerAddress >= 1, "socketsPerAddress: %s (expected: >= 1)", socketsPerAddress);
    }

    Rate rate(EventKind kind) {
        return switch (kind) {
            case SEEK -> seek;
            case PLAY_PAUSE -> playPause;
            case CHANGE_VIDEO -> changeVideo;
            case JOIN -> join;
            case ROOM -> room;
            case PEOPLE -> people;
            case REPORT -> report;
            case OTHER -> other;
        };
    }
}
