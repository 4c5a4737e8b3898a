package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One TCP connection to the server, on which a test writes anything: HTTP, WebSocket frames, or noise. */
public class TestingRawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    public TestingRawClient(RunningServer server) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Inbox.PATIENCE.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one request on a separate connection, and reads its answer. */
    public static RawResponse exchange(
            RunningServer server, String method, String target, Map<String, String> headers, String body) {
        try (TestingRawClient client = new TestingRawClient(server)) {
            return client.request(method, target, headers, body);
        }
    }

    /** Sends a GET on a separate connection, and reads its answer. */
    public static RawResponse get(RunningServer server, String target) {
        return exchange(server, "GET", target, Map.of(), "");
    }

    /** Sends a request and reads its answer; the connection stays open. */
    public final RawResponse request(String method, String target, Map<String, String> headers, String body) {
        sendRequest(method, target, headers, body);
        return readResponse();
    }

    /** Sends a request and reads nothing. */
    public final void sendRequest(String method, String target, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "127.0.0.1");
        if (bytes.length > 0 || method.equals("POST")) {
            all.put("Content-Length", Integer.toString(bytes.length));
        }
        all.putAll(headers);
        String head = all.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining("", method + " " + target + " HTTP/1.1\r\n", "\r\n"));
        send(head.getBytes(ISO_8859_1));
        send(bytes);
    }

    /**
     * Writes bytes unchanged. Bytes that the peer no longer accepts are lost; a test checks that with {@link
     * #awaitClosed}.
     */
    public final void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException closedByPeer) {
            // The next read notices.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the output; the server's answers can still be read. */
    public final void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException closedByPeer) {
            // The next read notices.
        }
    }

    /** Reads one HTTP answer with its body. */
    public final RawResponse readResponse() {
        try {
            RawResponse head = readHead();
            return new RawResponse(head.status(), head.headers(), new String(readBody(head), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the answer did not come: " + e.getMessage(), e);
        }
    }

    /** Reads the status and the headers of an HTTP answer, without its body. */
    public final RawResponse readHead() {
        try {
            String statusLine = readLine();
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                int colon = line.indexOf(':');
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (one, other) -> one + ", " + other);
            }
            return new RawResponse(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, "");
        } catch (IOException e) {
            throw new UncheckedIOException("the answer did not come: " + e.getMessage(), e);
        }
    }

    private byte[] readBody(RawResponse head) throws IOException {
        if (head.status() == 101 || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            return readChunks();
        }
        String length = head.header("content-length");
        return length.isEmpty() ? in.readAllBytes() : readFully(Integer.parseInt(length));
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
            body.write(readFully(length));
            readLine();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    final byte[] readFully(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed after '%s'".formatted(line.toString(ISO_8859_1)));
            }
            if (next == '\n') {
                return line.toString(ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
    }

    /** Waits until the server closes the connection; drops the bytes that it still sends. */
    public void awaitClosed() {
        try {
            in.skip(Long.MAX_VALUE);
            while (in.read() >= 0) {
                in.skip(in.available());
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server has not closed the connection", e);
        } catch (IOException reset) {
            // This also means that it is closed.
        }
    }

    @Override
    public final void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
