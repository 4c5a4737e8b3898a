package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import dev.watchparty.protocol.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of a room's hosts.
 *
 * @param title may be empty
 * @param steering whose playback commands the room obeys
 * @param locked whether nobody new may enter
 * @param password that those who enter must know
 * @param hosts their participant ids, each once, at most {@value #MAX_HOSTS}; none in a room that nobody owns
 * @param bans the latest last, at most {@value #MAX_BANS}
 * @param closed whether nobody may enter any more
 * @param createdAt when the room was created, ms since the epoch; 0 in a room that nobody owns
 * @param changedAt when the latest change was made, ms since the epoch; 0 in a room that nobody owns
 * @param changedBy the name of the host who made it
 */
public record RoomSettings(
        RoomTitle title,
        Steering steering,
        boolean locked,
        Optional<RoomPassword> password,
        List<String> hosts,
        List<Ban> bans,
        boolean closed,
        long createdAt,
        long changedAt,
        Optional<Username> changedBy) {
    public static final int MAX_HOSTS = 20;
    public static final int MAX_BANS = 100;

    /** Those of a room that nobody owns: everyone may enter and steer it, and nobody may change that. */
    public static final RoomSettings UNOWNED = new RoomSettings(
            RoomTitle.NONE,
            Steering.EVERYONE,
            false,
            Optional.empty(),
            List.of(),
            List.of(),
            false,
            0,
            0,
            Optional.empty());

    public RoomSettings {
        requireNonNull(title, "title is null");
        requireNonNull(steering, "steering is null");
        requireNonNull(password, "password is null");
        hosts = List.copyOf(hosts);
        bans = List.copyOf(bans);
        checkArgument(hosts.size() <= MAX_HOSTS, "hosts: %s (expected: 0 .. %s)", hosts.size(), MAX_HOSTS);
        checkArgument(bans.size() <= MAX_BANS, "bans: %s (expected: 0 .. %s)", bans.size(), MAX_BANS);
        requireNonNull(changedBy, "changedBy is null");
    }

    /**
     * Those of a room that a person has just created.
     *
     * @param host the person's participant id
     * @param now ms since the epoch
     */
    public static RoomSettings createdBy(String host, RoomTitle title, Optional<RoomPassword> password, long now) {
        return new RoomSettings(
                title, Steering.EVERYONE, false, password, List.of(host), List.of(), false, now, now, Optional.empty());
    }

    /** Whether somebody has created the room, and it has hosts. */
    public boolean isOwned() {
        return !hosts.isEmpty();
    }

    public boolean isHost(String participantId) {
        return hosts.contains(participantId);
    }

    /**
     * Checks that a participant may change these settings.
     *
     * @throws SessionException if it is not a host
     */
    public void checkHost(String participantId) {
        if (!isHost(participantId)) {
            throw new SessionException(RequestErrorCode.NOT_ALLOWED, "only a host of this room may do that");
        }
    }

    /** Why a participant may not be in the room, whether it was there before or not; empty if it may. */
    Optional<SessionException> exclusion(String participantId) {
        if (closed) {
            return Optional.of(new SessionException(RequestErrorCode.ROOM_CLOSED, "a host has closed this room"));
        }
        return isBanned(participantId)
                ? Optional.of(new SessionException(RequestErrorCode.KICKED, "a host has removed you from this room"))
                : Optional.empty();
    }

    /**
     * Why a client may not be in the room, whether it is there already or not; empty if it may. Somebody new may not be
     * there from a banned address. A client that is there without a name is still new: no host sees it.
     *
     * @param participants of the room
     * @param now ms since the epoch
     */
    public Optional<SessionException> exclusion(Credentials credentials, List<Participant> participants, long now) {
        Optional<SessionException> exclusion = exclusion(credentials.participantId());
        return exclusion.isEmpty() && isBannedAddress(credentials, now) && isNew(credentials, participants)
                ? Optional.of(
                        new SessionException(RequestErrorCode.KICKED, "a host has removed somebody of your network"))
                : exclusion;
    }

    private boolean isNew(Credentials credentials, List<Participant> participants) {
        return !isHost(credentials.participantId())
                && !hasTokenOfThisRoom(credentials)
                && participants.stream()
                        .noneMatch(participant -> participant.participantId().equals(credentials.participantId()));
    }

    /** Whether a token says that its owner has joined this room, and not an earlier one of the same name. */
    boolean hasTokenOfThisRoom(Credentials credentials) {
        return credentials.hereAt().isPresent() && credentials.hereAt().getAsLong() >= createdAt;
    }

    /** Whether the room obeys the playback commands of a participant. */
    public boolean maySteer(String participantId) {
        return steering == Steering.EVERYONE || isHost(participantId);
    }

    /** Whether a host has sent a participant away. */
    public boolean isBanned(String participantId) {
        return bans.stream().anyMatch(ban -> ban.participantId().equals(participantId));
    }

    /** Whether nobody new may enter from the address of a client. */
    private boolean isBannedAddress(Credentials credentials, long now) {
        return bans.stream().anyMatch(ban -> ban.keepsOut(credentials, now));
    }

    RoomSettings withHost(String participantId) {
        List<String> more = new ArrayList<>(hosts);
        more.add(participantId);
        return with(more, bans);
    }

    RoomSettings withoutHost(String participantId) {
        List<String> fewer = new ArrayList<>(hosts);
        fewer.remove(participantId);
        return with(fewer, bans);
    }

    /** The oldest ban goes if there are too many. */
    RoomSettings withBan(Ban ban) {
        List<Ban> more = new ArrayList<>(bans);
        more.removeIf(known -> known.participantId().equals(ban.participantId())
                && known.addressTag().equals(ban.addressTag()));
        more.add(ban);
        return with(hosts, more.subList(Math.max(0, more.size() - MAX_BANS), more.size()));
    }

    private RoomSettings with(List<String> otherHosts, List<Ban> otherBans) {
        return new RoomSettings(
                title, steering, locked, password, otherHosts, otherBans, closed, createdAt, changedAt, changedBy);
    }

    RoomSettings withClosed() {
        return new RoomSettings(title, steering, locked, password, hosts, bans, true, createdAt, changedAt, changedBy);
    }

    RoomSettings with(SettingsCommand.Update update) {
        return new RoomSettings(
                update.title().orElse(title),
                update.steering().orElse(steering),
                update.locked().orElse(locked),
                update.password().map(SettingsCommand.PasswordChange::next).orElse(password),
                hosts,
                bans,
                closed,
                createdAt,
                changedAt,
                changedBy);
    }

    RoomSettings changed(long now, Optional<Username> by) {
        return new RoomSettings(title, steering, locked, password, hosts, bans, closed, createdAt, now, by);
    }
}
