package dev.watchparty.server.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A TCP connection that sends whatever a test likes. */
final class TestingRawConnection implements AutoCloseable {
    private static final int TIMEOUT = 20_000; // ms
    private static final int RECEIVE_BUFFER = 4096; // bytes: soon full, if a test does not read

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();

    private TestingRawConnection(Socket socket) {
        this.socket = socket;
    }

    static TestingRawConnection open(TestingServer server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(TIMEOUT);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
        return new TestingRawConnection(socket);
    }

    /** Opens a WebSocket session, of which nothing is read but what a test reads. */
    static TestingRawConnection openWebSocket(TestingServer server) throws IOException {
        TestingRawConnection connection = open(server);
        connection.request(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        connection.readUntil("}");
        return connection;
    }

    /** Writes a short text in a frame with a mask of zeros: RFC 6455 section 5.3. */
    void writeTextFrame(String text) throws IOException {
        write("\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text);
    }

    /** Writes the head of a request: its first line, its headers, and a host. */
    void request(String... lines) throws IOException {
        write(String.join("\r\n", lines) + "\r\nHost: h\r\n\r\n");
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads until all that came holds a text; gives all that came. */
    String readUntil(String text) throws IOException {
        while (received.indexOf(text) < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new IOException("closed after: " + received);
            }
            received.append((char) read);
        }
        return received.toString();
    }

    /** Reads until the server closes; gives all that came. */
    String readAll() throws IOException {
        try {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                received.append((char) read);
            }
        } catch (SocketException e) {
            return received.toString(); // reset by the server, which closed with our bytes unread
        }
        return received.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
