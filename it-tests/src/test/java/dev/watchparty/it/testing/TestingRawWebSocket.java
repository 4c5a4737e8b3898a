package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A WebSocket of plain frames. */
public final class TestingRawWebSocket extends TestingRawClient {
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final RawResponse handshake;

    private TestingRawWebSocket(RunningServer server, String target, Map<String, String> headers) {
        super(server);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Upgrade", "websocket");
        all.put("Connection", "Upgrade");
        all.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        all.put("Sec-WebSocket-Version", "13");
        all.putAll(headers);
        handshake = request("GET", target, all, "");
    }

    /** Opens an Engine.IO session on WebSocket alone; its open packet has not been read yet. */
    public static TestingRawWebSocket open(RunningServer server) {
        return open(server, "/socket.io/?EIO=4&transport=websocket", Map.of());
    }

    public static TestingRawWebSocket open(RunningServer server, String target, Map<String, String> headers) {
        return new TestingRawWebSocket(server, target, headers);
    }

    /** Opens a session, enters the default namespace and reads everything up to the first snapshot. */
    public static TestingRawWebSocket connect(RunningServer server) {
        TestingRawWebSocket socket = open(server);
        socket.sendText("40");
        socket.awaitText(text -> text.startsWith("42[\"session:init\""));
        return socket;
    }

    public RawResponse handshake() {
        return handshake;
    }

    public void sendText(String text) {
        sendFrame(TEXT, text.getBytes(UTF_8));
    }

    /** Sends one complete frame, masked as a client must. */
    public void sendFrame(int opcode, byte[] payload) {
        send(frame(FIN | opcode, payload));
    }

    /** The bytes of one frame. The caller passes the first byte, so that a test can set any bit of it. */
    public static byte[] frame(int firstByte, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(MASKED | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(MASKED | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame.toByteArray();
    }

    /** Reads frames until a text arrives that fits. Answers Engine.IO's pings on the way. */
    public String awaitText(Predicate<String> predicate) {
        StringBuilder instead = new StringBuilder();
        while (true) {
            Frame frame;
            try {
                frame = readFrame();
            } catch (UncheckedIOException e) {
                throw new AssertionError("the text did not come; what came instead:" + instead, e);
            }
            String text = frame.text();
            if (frame.opcode() == TEXT && predicate.test(text)) {
                return text;
            }
            if (frame.opcode() == TEXT && text.equals("2")) {
                sendText("3");
            }
            instead.append('\n').append(frame.opcode()).append(' ').append(text);
        }
    }

    /**
     * Waits until the server closes the WebSocket, by a close frame or by the connection; drops the frames that it
     * still sends.
     */
    @Override
    public void awaitClosed() {
        try {
            while (readFrame().opcode() != CLOSE) {
                // It was sent before the end.
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw new AssertionError("the server has not closed the WebSocket", e);
            }
        }
    }

    /** Reads one frame. */
    public Frame readFrame() {
        try {
            int opcode = readFully(1)[0] & 0xF;
            int length = readFully(1)[0] & 0x7F;
            if (length == 126) {
                length = Short.toUnsignedInt(ByteBuffer.wrap(readFully(2)).getShort());
            } else if (length == 127) {
                length = Math.toIntExact(ByteBuffer.wrap(readFully(8)).getLong());
            }
            return new Frame(opcode, new String(readFully(length), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the frame did not come: " + e.getMessage(), e);
        }
    }

    /** A complete frame, its payload read as UTF-8. */
    public record Frame(int opcode, String text) {}
}
