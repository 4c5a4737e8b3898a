package dev.watchparty.server.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackCommand.ChangeVideo;
import dev.watchparty.server.session.PlaybackCommand.Pause;
import dev.watchparty.server.session.PlaybackCommand.Play;
import dev.watchparty.server.session.PlaybackCommand.Seek;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeferredCommandTest {
    private static final PlaybackCommand PLAY = new Play(Optional.of(1.0));
    private static final PlaybackCommand PAUSE = new Pause(Optional.of(2.0));
    private static final PlaybackCommand SEEK = new Seek(Optional.of(3.0));
    private static final PlaybackCommand LATER_SEEK = new Seek(Optional.of(4.0));

    @Test
    void laterPlayOrPauseReplacesTheEarlierCommand() {
        assertThat(followed(PLAY, PAUSE)).isEqualTo(PAUSE);
        assertThat(followed(SEEK, PLAY)).isEqualTo(PLAY);
    }

    @Test
    void laterCommandWithoutATimeUsesTheEarlierPosition() {
        assertThat(followed(SEEK, new Pause(Optional.empty()))).isEqualTo(new Pause(Optional.of(3.0)));
        assertThat(followed(PAUSE, new Play(Optional.empty()))).isEqualTo(new Play(Optional.of(2.0)));
        assertThat(followed(PAUSE, new Seek(Optional.empty()))).isEqualTo(PAUSE);
    }

    @Test
    void laterSeekMovesTheKeptCommand() {
        assertThat(followed(SEEK, LATER_SEEK)).isEqualTo(LATER_SEEK);
        assertThat(followed(PAUSE, SEEK)).isEqualTo(new Pause(Optional.of(3.0)));
        assertThat(followed(PLAY, SEEK)).isEqualTo(new Play(Optional.of(3.0)));
    }

    @Test
    void onlyTheLastCommandIsAcknowledged() {
        DeferredCommand later = kept(SEEK);

        assertThat(kept(PAUSE).followedBy(later).ack()).isSameAs(later.ack());
    }

    @Test
    void allowedSeekLeavesPlayOrPauseAtItsPosition() {
        assertThat(after(PAUSE, SEEK)).contains(new Pause(Optional.empty()));
        assertThat(after(PLAY, SEEK)).contains(new Play(Optional.empty()));
        assertThat(after(SEEK, LATER_SEEK)).isEmpty();
    }

    @Test
    void allowedPlayPauseOrChangeOfVideoLeavesNothing() {
        assertThat(after(PAUSE, PLAY)).isEmpty();
        assertThat(after(SEEK, PAUSE)).isEmpty();
        assertThat(after(PLAY, new ChangeVideo(VideoId.find("dQw4w9WgXcQ").orElseThrow())))
                .isEmpty();
    }

    private static PlaybackCommand followed(PlaybackCommand first, PlaybackCommand later) {
        return kept(first).followedBy(kept(later)).command();
    }

    private static Optional<PlaybackCommand> after(PlaybackCommand first, PlaybackCommand done) {
        return kept(first).after(done).map(DeferredCommand::command);
    }

    private static DeferredCommand kept(PlaybackCommand command) {
        return new DeferredCommand(command, new AckRequest(new Packet(PacketType.MESSAGE, EngineIOVersion.V4), null));
    }
}
