package dev.watchparty.server.session.redis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.PlayerState;
import java.util.Optional;

/**
 * How the player of a socket is, as nodes tell each other. It is not stored.
 *
 * @param player as on the wire; a newer node may know more states than this one
 * @param driftMs null if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"socketId", "player", "driftMs", "hidden"})
record ReportDocument(String socketId, String player, Integer driftMs, boolean hidden) {
    ReportDocument {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(player, "player is null");
    }

    static ReportDocument of(String socketId, PlayerReport report) {
        return new ReportDocument(
                socketId, report.player().wireName(), report.driftMs().orElse(null), report.hidden());
    }

    /** Empty if this node does not know the state. */
    Optional<PlayerReport> toReport() {
        return PlayerState.find(player).map(state -> new PlayerReport(state, Optional.ofNullable(driftMs), hidden));
    }
}
