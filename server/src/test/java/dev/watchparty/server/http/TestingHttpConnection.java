package dev.watchparty.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A socket that sends bytes as they are given, and reads responses one by one. */
final class TestingHttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    private TestingHttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static TestingHttpConnection open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        return new TestingHttpConnection(socket);
    }

    /** Writes bytes unchanged. Bytes that a closed server no longer accepts are lost; the next read notices. */
    TestingHttpConnection send(String bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException closedByServer) {
            // The next read notices.
        }
        return this;
    }

    Response readResponse() throws IOException {
        Response headers = readHeaders();
        int length = Integer.parseInt(headers.headers().getOrDefault("content-length", "0"));
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("%d of %d bytes".formatted(content.length, length));
        }
        return new Response(headers.status(), headers.headers(), new String(content, StandardCharsets.UTF_8));
    }

    /** Reads a response without content, whatever its headers say about its length. */
    Response readHeaders() throws IOException {
        String statusLine = readLine();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, "");
    }

    /** Waits until the server ends the connection, and returns what it sent before. */
    String readToEnd() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            in.transferTo(received);
        } catch (SocketException reset) {
            // The connection has also ended if the server closed it before it read our bytes.
        }
        return received.toString(StandardCharsets.UTF_8);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection closed after: " + line);
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Response(int status, Map<String, String> headers, String content) {
        String header(String name) {
            return headers.get(name);
        }
    }
}
