package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of {@code playback-rules.json}: the specification of the rules, for this implementation and any other. */
class PlaybackRulesTest {
    @TestFactory
    Stream<DynamicTest> rules() throws IOException {
        try (InputStream cases = PlaybackRulesTest.class.getResourceAsStream("/playback-rules.json")) {
            JsonNode table = new ObjectMapper().readTree(cases);
            return StreamSupport.stream(table.spliterator(), false)
                    .map(row -> dynamicTest(row.get("name").textValue(), () -> check(row)));
        }
    }

    private static void check(JsonNode row) {
        PlaybackRules rules = new PlaybackRules(fixes(row.path("fixes")));
        JsonNode expected = row.get("expect");

        Transition transition = rules.apply(
                state(row.get("state")),
                command(row.get("command")),
                sender(row.get("sender")),
                row.get("now").longValue());

        SessionState state = transition.state();
        assertThat(transition.getClass().getSimpleName())
                .isEqualToIgnoringCase(expected.get("outcome").textValue());
        assertThat(state.playing()).isEqualTo(expected.get("playing").booleanValue());
        assertThat(state.anchor()).isEqualTo(expected.get("anchor").doubleValue());
        assertThat(state.seq()).isEqualTo(expected.get("seq").longValue());
        if (transition instanceof Transition.Repeated repeated) {
            assertThat(repeated.lag()).isCloseTo(expected.path("lag").doubleValue(), within(1e-9));
        }
        if (expected.has("videoId")) {
            assertThat(state.videoId())
                    .contains(new VideoId(expected.get("videoId").textValue()));
        }
        if (expected.has("lastAction")) {
            assertThat(state.lastAction())
                    .isEqualTo(LastAction.valueOf(expected.get("lastAction").textValue()));
        }
        if (expected.has("trail")) {
            assertThat(summaries(state.trail())).isEqualTo(summaries(expected.get("trail")));
        }
        if (transition instanceof Transition.Changed changed) {
            assertThat(summaries(changed.changes())).isEqualTo(summaries(expected.get("changes")));
            assertThat(state.updatedAt()).isEqualTo(row.get("now").longValue());
        }
    }

    private static Fixes fixes(JsonNode fixes) {
        return new Fixes(
                fixes.path("suppressEchoes").asBoolean(true),
                Duration.ofMillis(1500),
                fixes.path("ignoreStaleJoinCommands").asBoolean(true),
                Duration.ofSeconds(5),
                fixes.path("pauseAfterSameVideo").asBoolean(true),
                true);
    }

    private static SessionState state(JsonNode state) {
        List<PlaybackChange> trail = new ArrayList<>();
        state.get("trail")
                .forEach(change -> trail.add(new PlaybackChange(
                        LastAction.valueOf(change.get("action").textValue()),
                        change.get("seq").longValue(),
                        state.get("updatedAt").longValue(),
                        change.get("socketId").textValue(),
                        new Username("Somebody"))));
        return new SessionState(
                VideoId.find(state.get("videoId").textValue()),
                state.get("playing").booleanValue(),
                state.get("anchor").doubleValue(),
                state.get("updatedAt").longValue(),
                state.get("seq").longValue(),
                LastAction.INIT,
                trail,
                RoomSettings.UNOWNED);
    }

    private static Sender sender(JsonNode sender) {
        return new Sender(
                sender.get("socketId").textValue(),
                new Username(sender.get("username").textValue()),
                sender.get("echoes").booleanValue(),
                sender.get("joinedAt").isNull()
                        ? OptionalLong.empty()
                        : OptionalLong.of(sender.get("joinedAt").longValue()),
                sender.has("lostAt")
                        ? Optional.of(new Absence(
                                sender.get("lostAt").longValue(),
                                sender.get("backAt").longValue()))
                        : Optional.empty(),
                sender.get("alone").booleanValue());
    }

    private static PlaybackCommand command(JsonNode command) {
        Optional<Double> time = Optional.ofNullable(command.get("time")).map(JsonNode::doubleValue);
        return switch (command.get("kind").textValue()) {
            case "play" -> new PlaybackCommand.Play(time);
            case "pause" -> new PlaybackCommand.Pause(time);
            case "seek" -> new PlaybackCommand.Seek(time);
            case "changeVideo" ->
                new PlaybackCommand.ChangeVideo(
                        new VideoId(command.get("videoId").textValue()));
            default -> throw new IllegalArgumentException("kind: " + command.get("kind"));
        };
    }

    private static List<String> summaries(List<PlaybackChange> changes) {
        return changes.stream()
                .map(change -> "%s %d by %s".formatted(change.action(), change.seq(), change.socketId()))
                .toList();
    }

    private static List<String> summaries(JsonNode changes) {
        return StreamSupport.stream(changes.spliterator(), false)
                .map(change -> "%s %d by %s"
                        .formatted(
                                change.get("action").textValue(),
                                change.get("seq").longValue(),
                                change.get("socketId").textValue()))
                .toList();
    }
}
