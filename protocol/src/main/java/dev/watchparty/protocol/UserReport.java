package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;

/**
 * How the player and the connection of a user are. It replaces all that was known of them.
 *
 * @param socketId as in {@link User}
 * @param player what its player does; empty if it has never reported, as the original's page never does
 * @param driftMs as in {@link PlayerReport}
 * @param hidden whether the person cannot see the page; false if it has never reported
 * @param reconnecting whether its connection is lost, and it may still come back
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"socketId", "player", "driftMs", "hidden", "reconnecting"})
public record UserReport(
        String socketId,
        Optional<PlayerState> player,
        Optional<Integer> driftMs,
        boolean hidden,
        boolean reconnecting) {
    public UserReport {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(player, "player is null");
        requireNonNull(driftMs, "driftMs is null");
        if (player.isEmpty() && (driftMs.isPresent() || hidden)) {
            throw new IllegalArgumentException("player: empty (expected: a state, if anything else is reported)");
        }
    }

    /** Of a user who is connected and has never reported. */
    public static UserReport unknown(String socketId) {
        return new UserReport(socketId, Optional.empty(), Optional.empty(), false, false);
    }

    /** Of a user who has reported. */
    public static UserReport of(String socketId, PlayerReport report, boolean reconnecting) {
        return new UserReport(socketId, Optional.of(report.player()), report.driftMs(), report.hidden(), reconnecting);
    }
}
