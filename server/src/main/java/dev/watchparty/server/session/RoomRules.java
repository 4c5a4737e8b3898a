package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

/** The rules by which a room obeys its sockets. Pure. */
public final class RoomRules {
    private final PlaybackRules playback;
    private final SettingsRules settings;

    public RoomRules(Fixes fixes, RoomLimits limits) {
        this.playback = new PlaybackRules(fixes);
        this.settings =
                new SettingsRules(requireNonNull(limits, "limits is null").addressBan());
    }

    /**
     * Applies the command of a socket in a room. Nothing happens if the socket is not there.
     *
     * @param now ms since the epoch
     */
    public Outcome apply(RoomState state, String socketId, RoomCommand command, long now) {
        return command instanceof PlaybackCommand steering
                ? playback.apply(state, socketId, steering, now)
                : settings.apply(state, socketId, (SettingsCommand) command, now);
    }

    /** See {@link SettingsRules#succeed}. */
    public Outcome succeed(RoomState state, long now) {
        return settings.succeed(state, now);
    }
}
