package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Says how the sender's player is: the payload of {@link SocketEvents#REPORT}.
 *
 * @param player what it does
 * @param driftMs how far it is ahead of the room, or behind if negative, ms, in -{@value #MAX_DRIFT_MS} … {@value
 *     #MAX_DRIFT_MS}; empty if that is not known or has no meaning, as in a live stream
 * @param hidden whether the person cannot see the page, because its tab is hidden
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"player", "driftMs", "hidden"})
public record PlayerReport(PlayerState player, Optional<Integer> driftMs, boolean hidden) {
    /** The greatest drift either way, ms: 24 hours. */
    public static final int MAX_DRIFT_MS = 86_400_000;

    public PlayerReport {
        requireNonNull(player, "player is null");
        requireNonNull(driftMs, "driftMs is null");
        driftMs.ifPresent(drift -> {
            if (Math.abs((long) drift) > MAX_DRIFT_MS) {
                throw new IllegalArgumentException(
                        "driftMs: %d (expected: -%d .. %d)".formatted(drift, MAX_DRIFT_MS, MAX_DRIFT_MS));
            }
        });
    }

    /**
     * Reads the payload that a client sent. A drift that is missing or null is empty.
     *
     * @throws InvalidPayloadException if a field has another type or is out of range
     */
    public static PlayerReport read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        PlayerState player = player(payload.path("player"));
        JsonNode hidden = payload.path("hidden");
        if (!hidden.isBoolean()) {
            throw new InvalidPayloadException(
                    "hidden: %s (expected: true or false)".formatted(Payloads.kindOf(hidden)));
        }
        return new PlayerReport(player, drift(payload.path("driftMs")), hidden.booleanValue());
    }

    private static PlayerState player(JsonNode player) throws InvalidPayloadException {
        return PlayerState.find(player.asText())
                .orElseThrow(() -> new InvalidPayloadException("player: %s (expected: one of %s)"
                        .formatted(player.isTextual() ? "another text" : Payloads.kindOf(player), PlayerState.NAMES)));
    }

    private static Optional<Integer> drift(JsonNode drift) throws InvalidPayloadException {
        if (drift.isMissingNode() || drift.isNull()) {
            return Optional.empty();
        }
        if (!drift.canConvertToExactIntegral()
                || !drift.canConvertToInt()
                || Math.abs(drift.longValue()) > MAX_DRIFT_MS) {
            throw new InvalidPayloadException("driftMs: %s (expected: a whole number, -%d .. %d)"
                    .formatted(Payloads.kindOf(drift), MAX_DRIFT_MS, MAX_DRIFT_MS));
        }
        return Optional.of(drift.intValue());
    }
}
