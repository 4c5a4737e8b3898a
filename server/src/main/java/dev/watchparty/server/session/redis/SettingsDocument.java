package dev.watchparty.server.session.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Ban;
import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.RoomSettings;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a room, as Redis keeps them in its {@link PlaybackDocument}.
 *
 * @param password the hash; null if there is none
 * @param changedBy null if no host has changed anything
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "title",
    "steering",
    "locked",
    "password",
    "hosts",
    "bans",
    "closed",
    "createdAt",
    "changedAt",
    "changedBy"
})
record SettingsDocument(
        String title,
        Steering steering,
        boolean locked,
        String password,
        List<String> hosts,
        List<BanDocument> bans,
        boolean closed,
        long createdAt,
        long changedAt,
        String changedBy) {
    /**
     * One ban.
     *
     * @param addressTag null if it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"participantId", "addressTag", "addressUntil"})
    record BanDocument(String participantId, String addressTag, long addressUntil) {}

    SettingsDocument {
        hosts = List.copyOf(hosts);
        bans = List.copyOf(bans);
    }

    static SettingsDocument of(RoomSettings settings) {
        return new SettingsDocument(
                settings.title().value(),
                settings.steering(),
                settings.locked(),
                settings.password().map(RoomPassword::hash).orElse(null),
                settings.hosts(),
                settings.bans().stream()
                        .map(ban -> new BanDocument(
                                ban.participantId(), ban.addressTag().orElse(null), ban.addressUntil()))
                        .toList(),
                settings.closed(),
                settings.createdAt(),
                settings.changedAt(),
                settings.changedBy().map(Username::value).orElse(null));
    }

    RoomSettings toSettings() {
        return new RoomSettings(
                new RoomTitle(title),
                steering,
                locked,
                Optional.ofNullable(password).map(RoomPassword::new),
                hosts,
                bans.stream()
                        .map(ban ->
                                new Ban(ban.participantId(), Optional.ofNullable(ban.addressTag()), ban.addressUntil()))
                        .toList(),
                closed,
                createdAt,
                changedAt,
                Optional.ofNullable(changedBy).map(Username::new));
    }
}
