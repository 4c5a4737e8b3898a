package dev.watchparty.bench.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.PlaybackRequest;
import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.WireJson;
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

/** The JSON of a command and of its broadcast. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PayloadBenchmark {
    private final ObjectMapper mapper = WireJson.newMapper();
    private final ObjectReader reader = mapper.reader();
    private final ObjectWriter writer = mapper.writer();
    private String command = "[\"session:seek\",{\"time\":1234.567}]";
    private PlaybackUpdate update = new PlaybackUpdate(1234.567, 1_795_000_000_000L, 1_795_000_000_000L, "sender");

    @Benchmark
    public PlaybackRequest decode() throws JsonProcessingException, InvalidPayloadException {
        JsonNode packet = reader.readTree(command);
        return PlaybackRequest.read(packet.get(1));
    }

    @Benchmark
    public byte[] encode() throws JsonProcessingException {
        return writer.writeValueAsBytes(update);
    }
}
