package dev.watchparty.it.testing;

import static dev.watchparty.it.testing.TestingRawWebSocket.BINARY;
import static dev.watchparty.it.testing.TestingRawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Packets that an honest client does not send, from a seed: wrong payloads, broken texts, noise. */
public final class TestingHostilePackets {
    private static final List<String> PAYLOADS = List.of(
            "",
            ",null",
            ",5",
            ",\"text\"",
            ",[]",
            ",{}",
            ",{\"time\":\"12\"}",
            ",{\"time\":-1}",
            ",{\"time\":1e400}",
            ",{\"time\":null}",
            ",{\"username\":{}}",
            ",{\"username\":\"\\ud83d\\u0000\"}",
            ",{\"videoId\":5}",
            ",{\"videoId\":\"no video\"}",
            ",{\"a\":{\"b\":{\"c\":[[[[[]]]]]}}}");
    private static final List<String> EVENTS = List.of(
            "session:join",
            "session:changeVideo",
            "session:play",
            "session:pause",
            "session:seek",
            "session:sync",
            "no-such-event",
            "");

    private final Random random;

    public TestingHostilePackets(Random random) {
        this.random = random;
    }

    /** A packet with a correct form and a wrong payload: it does not close the session. */
    public String nextWrongPayload() {
        return "42[\"%s\"%s]".formatted(any(EVENTS), any(PAYLOADS));
    }

    /** A text that may hold anything. */
    public String nextText() {
        return switch (random.nextInt(3)) {
            case 0 -> nextWrongPayload();
            case 1 -> mutate(nextWrongPayload());
            default -> noise();
        };
    }

    /** A frame that may hold anything; most are complete. */
    public byte[] nextFrame() {
        return switch (random.nextInt(20)) {
            case 0 -> noise().getBytes(UTF_8);
            case 1 -> TestingRawWebSocket.frame(random.nextInt(256), noise().getBytes(UTF_8));
            case 2 -> TestingRawWebSocket.frame(0x80 | BINARY, noise().getBytes(UTF_8));
            case 3 -> TestingRawWebSocket.frame(0x80 | TEXT, nextText().getBytes(UTF_8));
            default -> TestingRawWebSocket.frame(0x80 | TEXT, nextWrongPayload().getBytes(UTF_8));
        };
    }

    private String mutate(String packet) {
        StringBuilder mutant = new StringBuilder(packet);
        for (int change = 0; change <= random.nextInt(3); change++) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(3)) {
                case 0 -> mutant.deleteCharAt(at).append('x');
                case 1 -> mutant.insert(at, (char) random.nextInt(128));
                default -> mutant.setCharAt(at, (char) random.nextInt(0xD800));
            }
        }
        return mutant.toString();
    }

    private String noise() {
        return random.ints(random.nextInt(200), 0, 0xD800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
