package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The original's page, as {@code original-page.mjs} models it: the real JavaScript client, the page's own rules with
 * their faults, and a player with a real clock. In Node, or in a real Chromium.
 */
public final class TestingOriginalPage implements AutoCloseable {
    public static final int ENDED = 0;
    public static final int PLAYING = 1;
    public static final int PAUSED = 2;

    /** How far the page may be from a heartbeat's position before it seeks, s. */
    public static final double DRIFT = 0.8;

    /** How far the page may be from the position of a play or a pause before it seeks, s. */
    public static final double TOLERANCE = 1.0;

    /** A browser takes time to start, and the library takes up to 7.5 s for a second and a third attempt. */
    private static final Duration BROWSER_PATIENCE = Duration.ofSeconds(60);

    private final NodeBridge bridge;
    private final Duration patience;
    private final String handle;
    private final String name;

    private TestingOriginalPage(String name, NodeBridge bridge, Duration patience) {
        this.name = name;
        this.bridge = bridge;
        this.patience = patience;
        this.handle = bridge.newId();
    }

    /** Opens the page in Node and waits until it shows the join screen. */
    static TestingOriginalPage open(RunningServer server, String name) {
        return new TestingOriginalPage(name, NodeProcess.shared(), Inbox.PATIENCE)
                .opened(Map.of("url", server.uri().toString()));
    }

    /** Opens the page of a room in Node and waits until it shows the join screen. */
    static TestingOriginalPage open(RunningServer server, String name, String room) {
        return new TestingOriginalPage(name, NodeProcess.shared(), Inbox.PATIENCE)
                .opened(Map.of("url", server.uri() + "/?room=" + room));
    }

    /** Opens the page in Node, with a player that takes between 0.5 and 1.5 s to start. */
    static TestingOriginalPage openWithSlowPlayer(RunningServer server, String name) {
        return new TestingOriginalPage(name, NodeProcess.shared(), Inbox.PATIENCE)
                .opened(Map.of("url", server.uri().toString(), "startsWithinMs", List.of(500, 1500)));
    }

    /** Opens the page in a real Chromium with a separate profile, and waits until it shows the join screen. */
    static TestingOriginalPage openInBrowser(RunningServer server, String name) {
        return new TestingOriginalPage(name, TestingBrowser.bridge(), BROWSER_PATIENCE)
                .opened(Map.of("name", name, "url", server.uri().toString()));
    }

    /** Opens the page in another tab of the same browser. */
    TestingOriginalPage openBesides(String other) {
        return new TestingOriginalPage(other, bridge, patience).opened(Map.of("name", other, "besides", handle));
    }

    private TestingOriginalPage opened(Map<String, Object> where) {
        bridge.call(handle, "page.open", where, patience.toSeconds());
        // Nobody types a name before the room is shown. A page that joined before would ignore the list with itself.
        await(
                "shows the room",
                look -> look.path("connected").booleanValue()
                        && look.path("isInitialised").booleanValue());
        return this;
    }

    public String name() {
        return name;
    }

    /** The page's {@code socket.id}. */
    public String socketId() {
        return look().path("socketId").textValue();
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

    /** Lets the player run out of data for a while. */
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

    /** Gets the network back, without waiting for anything. */
    public void goOnline() {
        act("goOnline");
    }

    /** Reloads the page in its browser, and waits until it shows the join screen. */
    public void reload() {
        act("reload");
    }

    /** Closes the page's tab in its browser. */
    public void closeTab() {
        act("closeTab");
    }

    /** The page's current state and display. */
    public JsonNode look() {
        return act("look");
    }

    /** Waits until the page's state fits. */
    public JsonNode await(String what, Predicate<JsonNode> predicate) {
        return Awaitility.await("%s's page: %s".formatted(name, what))
                .atMost(patience)
                .pollInSameThread()
                .until(this::look, predicate);
    }

    /** Waits until the player is in that state. */
    public JsonNode awaitPlayer(int state) {
        return await(
                "player is in state " + state, look -> look.path("playerState").asInt(-2) == state);
    }

    /** Waits until all pages play, with no two further apart than the page itself accepts. */
    public static void awaitTogether(List<TestingOriginalPage> pages) {
        awaitTogether(pages, TOLERANCE);
    }

    /** Waits until all pages play, with no two further apart than this, s. */
    public static void awaitTogether(List<TestingOriginalPage> pages, double apart) {
        Awaitility.await("all pages play calmly within %s s".formatted(apart))
                .atMost(pages.get(0).patience)
                .until(() -> {
                    List<JsonNode> looks =
                            pages.stream().map(TestingOriginalPage::look).toList();
                    double[] origins = looks.stream()
                            .mapToDouble(TestingOriginalPage::origin)
                            .sorted()
                            .toArray();
                    return looks.stream()
                                    .allMatch(look -> look.path("playerState").asInt(-2) == PLAYING)
                            && origins[origins.length - 1] - origins[0] <= apart;
                });
    }

    /** When a playing page's video was at 0, s: equal for pages in step, whenever they were read. */
    private static double origin(JsonNode look) {
        return look.path("takenAtMs").doubleValue() / 1000 - look.path("time").doubleValue();
    }

    /** People act when nothing moves; for a moment after a change the page would ignore them. */
    private void awaitCalm() {
        await("is calm", look -> look.path("isCalm").booleanValue());
    }

    private JsonNode act(String method, Object... arguments) {
        return bridge.call(
                handle, "page.do", Map.of("method", method, "arguments", List.of(arguments)), patience.toSeconds());
    }

    @Override
    public void close() {
        bridge.send(Map.of("id", handle, "op", "page.close"));
    }
}
