package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Packets made from valid ones by a seed: cut, flipped, spliced, repeated, blown up, or noise from the start. */
public final class TestingFuzz {
    private static final List<String> TEXTS = List.of(
            "40",
            "40{\"token\":\"abc\",\"room\":\"r\"}",
            "41",
            "42[\"ping\"]",
            "4212[\"ping\",{\"a\":[1,2,{\"b\":null}]}]",
            "42[\"session:join\",{\"username\":\"\u00c4nn \ud83c\udf7f\"}]",
            "42[\"session:nosuch\",{\"time\":12.5}]",
            "42[\"session:changeVideo\",{\"videoId\":\"no video\"}]",
            "43999[1,\"x\"]",
            "44{\"message\":\"no\"}",
            "451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]",
            "452-/custom,7[\"bytes\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
            "461-3[{\"_placeholder\":true,\"num\":0}]",
            "bAAECAwQ=",
            "3",
            "6",
            "2probe",
            "5",
            "42/admin,[\"x\"]",
            "40/admin,{\"a\":1}");

    /** MessagePack of a CONNECT, two events, an event with bytes, and an ack. */
    private static final List<String> MSGPACKS = List.of(
            "83a474797065 00 a46461746180 a36e7370a12f",
            "83a474797065 02 a46461746191a470696e67 a36e7370a12f",
            "84a474797065 02 a46461746192a470696e6782a161 01 a16293c0c3cb3ff8000000000000 a36e7370a12f a2696405",
            "83a474797065 02 a46461746192a56279746573c40400010203 a36e7370a12f",
            "84a474797065 03 a46461746191a26f6b a36e7370a12f a26964ce000fffff");

    private static final List<String> NUMBERS = List.of(
            "-1",
            "9999999999",
            "999999999999999999999999999999",
            "1e400",
            "0.0000000000000000000001",
            "00",
            "9007199254740993",
            "9".repeat(2000),
            "NaN");

    private static final List<String> EVENTS = List.of(
            "\"session:join\"",
            "\"session:changeVideo\"",
            "\"session:play\"",
            "\"session:pause\"",
            "\"session:seek\"",
            "\"session:sync\"",
            "\"no-such-event\"",
            "\"\"");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "\"12\"",
            "{}",
            "[]",
            "\"\"",
            "\"<script>\"",
            "\"\\udc00\"",
            "0.1e-400",
            "\"" + "x".repeat(200) + "\"");

    private static final List<String> REQUESTS = List.of(
            "GET /socket.io/?EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /socket.io/?EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n40",
            "OPTIONS /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\nOrigin: http://a.example\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n\r\n",
            "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n40\r\n0\r\n\r\n",
            "HEAD / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");

    private final Random random;

    public TestingFuzz(long seed) {
        random = new Random(seed);
    }

    /** An event with a correct form and a wrong content: it is refused, and the session continues. */
    public byte[] wrongEvent() {
        return "42[%s,%s]".formatted(any(EVENTS), value(0)).getBytes(UTF_8);
    }

    /** The same in MessagePack. */
    public byte[] wrongMsgpackEvent() {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(bytesOf("83a474797065 02 a36e7370a12f a46461746192"));
        byte[] event = any(EVENTS).replace("\"", "").getBytes(UTF_8);
        packet.write(0xd9);
        packet.write(event.length);
        packet.writeBytes(event);
        writeMsgpackValue(packet, 0);
        return packet.toByteArray();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> any(VALUES);
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Double.toString(random.nextGaussian() * 1e300);
            case 3 -> "\"" + random.nextInt() + "\\ud83d\\u0000\"";
            case 4 -> "{\"time\":" + any(VALUES) + ",\"username\":" + any(VALUES) + ",\"videoId\":" + any(VALUES) + "}";
            case 5 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
            default -> "{\"time\":" + value(depth + 1) + ",\"\":" + value(depth + 1) + "}";
        };
    }

    private void writeMsgpackValue(ByteArrayOutputStream packet, int depth) {
        switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> packet.write(0xc0);
            case 1 -> packet.write(random.nextInt(0x80));
            case 2 -> packet.writeBytes(bytesOf("cf ffffffffffffffff"));
            case 3 -> packet.writeBytes(bytesOf("cb 7ff0000000000000"));
            case 4 -> packet.writeBytes(bytesOf("c4 03 00ff80"));
            case 5 -> {
                packet.write(0x92);
                writeMsgpackValue(packet, depth + 1);
                writeMsgpackValue(packet, depth + 1);
            }
            default -> {
                packet.writeBytes(bytesOf("81 a474696d65"));
                writeMsgpackValue(packet, depth + 1);
            }
        }
    }

    /** A Socket.IO packet inside an Engine.IO text packet; the UTF-8 may be broken. */
    public byte[] text() {
        byte[] valid = any(TEXTS).getBytes(UTF_8);
        return random.nextInt(16) == 0 ? noise() : mutate(valid);
    }

    /** A Socket.IO packet in MessagePack. */
    public byte[] msgpack() {
        return mutate(bytesOf(any(MSGPACKS)));
    }

    /** Packets joined as a polling client joins them. */
    public byte[] payload(int packets) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int i = 0; i < packets; i++) {
            if (i > 0) {
                payload.write(0x1e);
            }
            payload.writeBytes(text());
        }
        return payload.toByteArray();
    }

    /** A WebSocket frame of which any part may be wrong: bits, length, mask, end. */
    public byte[] frame() {
        byte[] frame = TestingRawWebSocket.frame(random.nextInt(256), text());
        return random.nextBoolean() ? frame : mutate(frame);
    }

    /** An HTTP request of which any part may be wrong. */
    public byte[] request() {
        return mutate(any(REQUESTS).getBytes(ISO_8859_1));
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    private static byte[] bytesOf(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    private byte[] mutate(byte[] valid) {
        byte[] mutant = valid;
        for (int change = 0; change <= random.nextInt(3); change++) {
            mutant = mutateOnce(mutant);
        }
        return mutant;
    }

    private byte[] mutateOnce(byte[] bytes) {
        if (bytes.length == 0) {
            return noise();
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipped(bytes, at);
            case 2 -> spliced(Arrays.copyOf(bytes, at), any(TEXTS).getBytes(UTF_8));
            case 3 -> spliced(bytes, bytes);
            case 4 -> inserted(bytes, at, any(NUMBERS).getBytes(UTF_8));
            case 5 -> inserted(bytes, at, nesting());
            case 6 -> inserted(bytes, at, new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xed, (byte) 0xa0, (byte) 0x80});
            case 7 -> inserted(bytes, at, noise());
            default -> replaced(bytes, at);
        };
    }

    private byte[] nesting() {
        return (random.nextBoolean() ? "[" : "{\"a\":")
                .repeat(random.nextInt(300))
                .getBytes(UTF_8);
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] mutant = bytes.clone();
        mutant[at] ^= (byte) (1 << random.nextInt(8));
        return mutant;
    }

    private byte[] replaced(byte[] bytes, int at) {
        byte[] mutant = bytes.clone();
        mutant[at] = (byte) random.nextInt(256);
        return mutant;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] insertion) {
        byte[] mutant = Arrays.copyOf(bytes, bytes.length + insertion.length);
        System.arraycopy(insertion, 0, mutant, at, insertion.length);
        System.arraycopy(bytes, at, mutant, at + insertion.length, bytes.length - at);
        return mutant;
    }

    private static byte[] spliced(byte[] head, byte[] tail) {
        return inserted(head, head.length, tail);
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
