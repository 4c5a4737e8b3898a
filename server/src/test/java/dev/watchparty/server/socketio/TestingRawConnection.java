package dev.watchparty.server.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A TCP connection that sends any bytes a test chooses, and reads only when told to. */
public final class TestingRawConnection implements AutoCloseable {
    private static final int TIMEOUT = 20_000; // ms
    private static final int RECEIVE_BUFFER = 4096; // bytes: soon full, if a test does not read

    private final Socket socket;
    private final DataInputStream in;
    private final StringBuilder received = new StringBuilder();

    private TestingRawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    public static TestingRawConnection open(TestingServer server) throws IOException {
        return open(server, "127.0.0.1");
    }

    /**
     * Connects from an address.
     *
     * @param from one of this machine's addresses; on Linux all of 127.0.0.0/8 are
     */
    public static TestingRawConnection open(TestingServer server, String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(TIMEOUT);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
        return new TestingRawConnection(socket);
    }

    /** Opens a WebSocket session and returns the head of the answer. */
    public String openWebSocket(String... headers) throws IOException {
        request(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                headers.length == 0 ? "X-None: none" : String.join("\r\n", headers));
        return readUntil("\r\n\r\n");
    }

    /** Opens a WebSocket session and connects to the default namespace. */
    public static TestingRawConnection connect(TestingServer server) throws IOException {
        TestingRawConnection connection = open(server);
        connection.openWebSocket();
        connection.writeTextFrame("40");
        connection.readUntil("42[\"hello\"]");
        return connection;
    }

    /** Writes the head of a request: its first line, its headers, and a host. */
    public void request(String... lines) throws IOException {
        write(String.join("\r\n", lines) + "\r\nHost: h\r\n\r\n");
    }

    /** Writes a text unchanged. Bytes that a closed server no longer accepts are lost; the next read notices. */
    public void write(String text) throws IOException {
        write(text.getBytes(ISO_8859_1));
    }

    private void write(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException closedByServer) {
            // The next read notices.
        }
    }

    public void writeTextFrame(String text) throws IOException {
        writeFrame(0x81, text.getBytes(ISO_8859_1));
    }

    /** Writes a frame with a mask of zeros: RFC 6455 section 5.2. */
    public void writeFrame(int head, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        write(bytes);
    }

    /** Reads a frame of less than 126 bytes, including the two bytes of its head. */
    public byte[] readFrame() throws IOException {
        byte head = in.readByte();
        byte length = in.readByte();
        ByteBuffer frame = ByteBuffer.allocate(2 + length).put(head).put(length);
        in.readFully(frame.array(), 2, length);
        return frame.array();
    }

    /** Reads until the received text contains a given text; returns everything received. */
    public String readUntil(String text) throws IOException {
        while (received.indexOf(text) < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("closed after: " + received);
            }
            received.append((char) read);
        }
        return received.toString();
    }

    /** Like {@link #readUntil}, and forgets the received text. */
    public String takeUntil(String text) throws IOException {
        String taken = readUntil(text);
        received.setLength(0);
        return taken;
    }

    /** Reads until the server closes the connection; returns everything received. */
    public String readAll() throws IOException {
        try {
            for (int read = in.read(); read >= 0; read = in.read()) {
                received.append((char) read);
            }
        } catch (SocketException e) {
            return received.toString(); // reset by the server, which closed before it read our bytes
        }
        return received.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
