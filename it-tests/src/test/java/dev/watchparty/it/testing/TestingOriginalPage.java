package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The original's page, as {@code original-page.mjs} models it: the real JavaScript client, the page's own rules with
 * their faults, and a player with a real clock.
 */
public final class TestingOriginalPage implements AutoCloseable {
    public static final int ENDED = 0;
    public static final int PLAYING = 1;
    public static final int PAUSED = 2;

    private final NodeBridge bridge = NodeProcess.shared();
    private final String handle = bridge.newId();
    private final String name;

    private TestingOriginalPage(String name) {
        this.name = name;
    }

    /** Opens the page and waits until it shows the join screen. */
    static TestingOriginalPage open(RunningServer server, String name) {
        TestingOriginalPage page = new TestingOriginalPage(name);
        page.bridge.call(page.handle, "page.open", Map.of("url", server.uri().toString()), 10);
        page.await("is connected", look -> look.path("connected").booleanValue());
        return page;
    }

    public void join() {
        act("join", name);
    }

    public void setVideo(String videoId) {
        act("setVideo", videoId);
    }

    public void play() {
        awaitCalm();
        act("userPlay");
    }

    public void pause() {
        awaitCalm();
        act("userPause");
    }

    /** Drags the handle of the seek bar. */
    public void drag(double seconds) {
        awaitCalm();
        act("userDrag", seconds);
    }

    /** Lets the player run dry for a while. */
    public void stall(int durationMillis) {
        awaitCalm();
        act("stall", durationMillis);
    }

    /** Cuts the connection; the page comes back by itself. */
    public void dropConnection() {
        act("dropConnection");
    }

    /** Loses the network, and waits until the page has noticed. */
    public void goOffline() {
        act("goOffline");
        await("is offline", look -> !look.path("connected").booleanValue());
    }

    /** Finds the network again, and waits for nothing. */
    public void goOnline() {
        act("goOnline");
    }

    /** What the page knows and shows now. */
    public JsonNode look() {
        return act("look");
    }

    /** Waits until the page shows something. */
    public JsonNode await(String what, Predicate<JsonNode> predicate) {
        return Awaitility.await("%s's page: %s".formatted(name, what))
                .atMost(Inbox.PATIENCE)
                .pollInSameThread()
                .until(this::look, predicate);
    }

    /** Waits until the player is in that state. */
    public JsonNode awaitPlayer(int state) {
        return await(
                "player is in state " + state, look -> look.path("playerState").asInt(-2) == state);
    }

    /** People act when nothing moves; for a moment after a change the page would not heed them. */
    private void awaitCalm() {
        await("is calm", look -> look.path("isCalm").booleanValue());
    }

    private JsonNode act(String method, Object... arguments) {
        return bridge.call(handle, "page.do", Map.of("method", method, "arguments", List.of(arguments)), 10);
    }

    @Override
    public void close() {
        bridge.send(Map.of("id", handle, "op", "page.close"));
    }
}
