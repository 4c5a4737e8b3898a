package dev.watchparty.it.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/** An Engine.IO session of plain polling requests, one connection each. */
public final class TestingPollingSession {
    private static final String TARGET = "/socket.io/?EIO=4&transport=polling";
    private static final String SEPARATOR = "\u001e";

    private final RunningServer server;
    private final Map<String, String> headers;
    private final RawResponse opening;
    private final String sid;
    private final Queue<String> unread = new ArrayDeque<>();

    private TestingPollingSession(RunningServer server, Map<String, String> headers) {
        this.server = server;
        this.headers = headers;
        this.opening = TestingRawClient.exchange(server, "GET", TARGET, headers, "");
        this.sid = Json.parse(opening.body().substring(1)).path("sid").textValue();
    }

    /** Opens a session that has entered no namespace. */
    public static TestingPollingSession open(RunningServer server) {
        return open(server, Map.of());
    }

    /** Opens a session that has entered no namespace, and sends these headers with each request. */
    public static TestingPollingSession open(RunningServer server, Map<String, String> headers) {
        return new TestingPollingSession(server, headers);
    }

    /** Opens a session, enters the default namespace and reads up to the first snapshot. */
    public static TestingPollingSession connect(RunningServer server) {
        return connect(server, Map.of());
    }

    /** Like {@link #connect(RunningServer)}, with these headers on each request. */
    public static TestingPollingSession connect(RunningServer server, Map<String, String> headers) {
        TestingPollingSession session = open(server, headers);
        session.post("40");
        session.awaitPacket(packet -> packet.startsWith("42[\"session:init\""));
        return session;
    }

    /** The answer that opened it. */
    public RawResponse opening() {
        return opening;
    }

    public String sid() {
        return sid;
    }

    /** Path and query of this session's requests. */
    public String target() {
        return TARGET + "&sid=" + sid;
    }

    public RawResponse post(String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "text/plain;charset=UTF-8");
        return TestingRawClient.exchange(server, "POST", target(), all, body);
    }

    public RawResponse poll() {
        return TestingRawClient.exchange(server, "GET", target(), headers, "");
    }

    /** Polls until the server no longer knows the session; a close packet may come first. */
    public void awaitClosed() {
        long deadline = System.nanoTime() + Inbox.PATIENCE.toNanos();
        RawResponse answer = poll();
        while (answer.status() == 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the session is still open, and polled " + answer.body());
            }
            answer = poll();
        }
        if (!answer.body().equals("{\"code\":1,\"message\":\"Session ID unknown\"}")) {
            throw new AssertionError("a poll of a closed session was answered " + answer);
        }
    }

    /** Polls until a packet arrives that fits; earlier packets are dropped. Answers Engine.IO's pings on the way. */
    public String awaitPacket(Predicate<String> predicate) {
        List<String> instead = new ArrayList<>();
        long deadline = System.nanoTime() + Inbox.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (unread.isEmpty()) {
                unread.addAll(pollPackets(instead));
            }
            String packet = unread.remove();
            if (predicate.test(packet)) {
                return packet;
            }
            if (packet.equals("2")) {
                post("3");
            }
            instead.add(packet);
        }
        throw new AssertionError("the packet did not come; what came instead: " + instead);
    }

    private List<String> pollPackets(List<String> before) {
        RawResponse answer = poll();
        if (answer.status() != 200) {
            throw new AssertionError(
                    "the poll was answered %d %s; before it came %s".formatted(answer.status(), answer.body(), before));
        }
        return List.of(answer.body().split(SEPARATOR, -1));
    }
}
