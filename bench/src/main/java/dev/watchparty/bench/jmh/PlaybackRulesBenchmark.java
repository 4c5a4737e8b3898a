package dev.watchparty.bench.jmh;

import com.typesafe.config.ConfigFactory;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackRules;
import dev.watchparty.server.session.Sender;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Transition;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final PlaybackRules rules =
            new PlaybackRules(ConfigLoader.of(ConfigFactory.empty()).sessionFixes());
    private final Sender sender =
            new Sender("AAAAAAAAAAAAAAAAAAAA", Username.UNKNOWN, true, OptionalLong.of(0), Optional.empty(), false);
    private SessionState state = playing();
    private PlaybackCommand seek = new PlaybackCommand.Seek(Optional.of(1234.567));
    private PlaybackCommand echo = new PlaybackCommand.Play(Optional.of(100.5));

    private SessionState playing() {
        SessionState initial = SessionState.initial(0, 0);
        return new SessionState(
                VideoId.find("abcdefghijk"), true, 0, 0, initial.seq(), initial.lastAction(), initial.trail());
    }

    @Benchmark
    public Transition seek() {
        return rules.apply(state, seek, sender, 100_000);
    }

    @Benchmark
    public Transition echo() {
        return rules.apply(state, echo, sender, 100_000);
    }
}
