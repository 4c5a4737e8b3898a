package dev.watchparty.bench.jmh;

import com.typesafe.config.ConfigFactory;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.MembershipRules;
import dev.watchparty.server.session.Outcome;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackRules;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Visitor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of one command before anybody is notified. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlaybackRulesBenchmark {
    private static final String SENDER = "AAAAAAAAAAAAAAAAAAAA";

    private final PlaybackRules rules =
            new PlaybackRules(ConfigLoader.of(ConfigFactory.empty()).sessionFixes());
    private RoomState state = playing();
    private PlaybackCommand seek = new PlaybackCommand.Seek(Optional.of(1234.567));
    private PlaybackCommand echo = new PlaybackCommand.Play(Optional.of(100.5));

    private static RoomState playing() {
        SessionState initial = SessionState.initial(0, 0);
        SessionState playing = new SessionState(
                VideoId.find("abcdefghijk"),
                true,
                0,
                0,
                initial.seq(),
                initial.lastAction(),
                initial.trail(),
                initial.settings());
        Visitor visitor = new Visitor(new Arrival(SENDER, 1, true), Optional.empty(), Optional.empty(), 1);
        return new MembershipRules(10)
                .enter(RoomState.initial(RoomId.DEFAULT, playing), visitor, 0)
                .state();
    }

    @Benchmark
    public Outcome seek() {
        return rules.apply(state, SENDER, seek, 100_000);
    }

    @Benchmark
    public Outcome echo() {
        return rules.apply(state, SENDER, echo, 100_000);
    }
}
