package dev.watchparty.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A person who stays in a room: joins, keeps the list of people as a page does, and comes back with the ticket after
 * each loss, to any node. Belongs to the event loop of its {@link Party}.
 */
public final class Member implements Viewer.Host {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The page's own delays: they double up to this, and a half is added or taken off by chance. */
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    /** How long a node may take to let somebody in. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Party party;
    private final int number;
    private final String room;
    private final Set<String> list = new LinkedHashSet<>();
    private Viewer viewer; // null while away
    private String id = "";
    private String ticket = "";
    private int port;
    private int portBefore;
    private long lostAt;
    private int failures;
    private boolean here;
    private boolean hasBeenHere; // under this id
    private long hereSince;

    Member(Party party, int number, String room) {
        this.party = party;
        this.number = number;
        this.room = room;
    }

    /** Its index in the party, from 0. */
    public int number() {
        return number;
    }

    public String room() {
        return room;
    }

    /** Its id, by which the others know it; empty before it has come. */
    public String id() {
        return id;
    }

    /** The port of the node that it is on, or was on last. */
    public int port() {
        return port;
    }

    /** The port of the node that it came from; 0 at first. */
    public int portBefore() {
        return portBefore;
    }

    /** How long it was away before it came last; zero at first. */
    public Duration wasAwayFor() {
        return lostAt == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lostAt);
    }

    /** Whether it is connected and has its {@code session:init}. */
    public boolean isHere() {
        return here;
    }

    /** How long it has been here without a break. */
    public Duration hereFor() {
        return here ? Duration.ofNanos(System.nanoTime() - hereSince) : Duration.ZERO;
    }

    /** The ids of the people in its list. */
    public Set<String> list() {
        return Collections.unmodifiableSet(list);
    }

    /** Sends an event. */
    public void emit(String event, String payload) {
        viewer.emit(event, payload);
    }

    /** Sends an event, and asks for an acknowledgement under that number. */
    public void emit(String event, String payload, long acknowledgement) {
        viewer.emit(event, payload, acknowledgement);
    }

    void connect() {
        port = party.portOf(this);
        String auth = "{\"generation\":2" + (ticket.isEmpty() ? "" : ",\"pid\":\"" + ticket + "\"") + "}";
        Viewer next = new Viewer(this, number, room, auth);
        viewer = next;
        party.open(next, port);
        party.after(PATIENCE, () -> {
            if (viewer == next && !here) {
                next.cut();
                lost(next, new IOException("not let in within " + PATIENCE));
            }
        });
    }

    void leave() {
        if (viewer != null) {
            viewer.cut();
            viewer = null;
        }
    }

    @Override
    public void entered(Viewer by) {
        here = true;
        hasBeenHere = true;
        hereSince = System.nanoTime();
        failures = 0;
    }

    @Override
    public void received(int length) {}

    @Override
    public void heard(Viewer by, ServerEvent event, ByteBuf in, int index, int length) {
        JsonNode payload = parse(in, index + 2, length - 2).path(1);
        switch (event) {
            case INIT -> {
                list.clear();
                payload.path("users").fieldNames().forEachRemaining(list::add);
                if (!list.contains(id)) {
                    by.join("person " + number);
                }
            }
            case USER_JOINED -> list.add(payload.path("user").path("socketId").asText());
            case USER_LEFT -> list.remove(payload.path("socketId").asText());
            default -> {}
        }
        party.listener().heard(this, event, payload);
    }

    @Override
    public void other(Viewer by, ByteBuf in, int index, int length) throws IOException {
        int end = index + length;
        int json = index + 1;
        while (json < end && in.getByte(json) != '[' && in.getByte(json) != '{') {
            json++;
        }
        JsonNode content = parse(in, json, end - json);
        switch (in.getByte(index)) {
            case '0' -> welcomed(content);
            case '2' -> party.listener().told(this, content);
            case '3' ->
                party.listener()
                        .answered(this, Long.parseLong(in.toString(index + 1, json - index - 1, UTF_8)), content);
            default -> throw new IOException("sent away: " + in.toString(index, Math.min(length, 200), UTF_8));
        }
    }

    private void welcomed(JsonNode content) {
        String before = id;
        id = content.path("sid").asText();
        ticket = content.path("pid").asText();
        if (hasBeenHere && !before.equals(id)) {
            hasBeenHere = false;
            party.listener().changedId(this, before);
        }
    }

    @Override
    public void lost(Viewer by, Throwable cause) {
        if (viewer != by) {
            return;
        }
        viewer = null;
        boolean was = here;
        here = false;
        if (was) {
            portBefore = port;
            lostAt = System.nanoTime();
        }
        if (was) {
            party.listener().lost(this, String.valueOf(cause.getMessage()));
        }
        long delay = Math.min(FIRST_DELAY.toMillis() << Math.min(failures++, 10), LONGEST_DELAY.toMillis());
        party.after(Duration.ofMillis((long) (delay * (0.5 + party.random().nextDouble()))), this::connect);
    }

    private static JsonNode parse(ByteBuf in, int index, int length) {
        try {
            return MAPPER.readTree(in.toString(index, length, UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("payload: " + in.toString(index, length, UTF_8), e);
        }
    }
}
