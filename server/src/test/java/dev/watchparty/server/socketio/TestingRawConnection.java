package dev.watchparty.server.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A TCP connection that sends whatever a test likes. */
final class TestingRawConnection implements AutoCloseable {
    private static final int TIMEOUT = 20_000; // ms

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();

    private TestingRawConnection(Socket socket) {
        this.socket = socket;
    }

    static TestingRawConnection open(TestingServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port);
        socket.setSoTimeout(TIMEOUT);
        return new TestingRawConnection(socket);
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
        } catch (java.net.SocketException e) {
            received.append(""); // reset by the server, which closed with our bytes unread
        }
        return received.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
