package dev.watchparty.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.SessionInit;
import dev.watchparty.protocol.UserJoined;
import dev.watchparty.protocol.UserLeft;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.socketio.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the greetings of sockets that enter or join: the broadcaster with the real store, and a timer that runs on
 * demand.
 */
class GreetingsTest {
    private static final String SESSION_INIT = ": session:init";
    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");

    private final TestingRoom room = new TestingRoom(Greetings.WINDOW);
    private final TestingTimer timer = room.timer;
    private final TestingBroadcasts sent = room.sent;

    @Test
    void firstSocketIsGreetedAtOnceAndTheNextOnesWithOneMessage() {
        List.of("alice", "bob", "carol").forEach(socket -> room.enter(socket, false));
        assertThat(sent.take()).containsExactly("alice: session:init");

        timer.elapse();
        assertThat(sent.take()).containsExactly("bob carol: session:init");
        timer.elapse();
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void crowdThatJoinsReceivesTheListInFewMessages() {
        int many = 600;
        for (int i = 0; i < many; i++) {
            room.enter("socket" + i, false);
        }
        timer.elapse();
        timer.elapse();
        sent.take();
        for (int i = 0; i < many; i++) {
            room.join("socket" + i, "Guest");
        }
        timer.elapse();

        assertThat(sent.take()).filteredOn(line -> line.endsWith(SESSION_INIT)).hasSizeLessThan(10);
        for (int i = 0; i < many; i++) {
            assertThat(list("socket" + i)).hasSize(many);
        }
    }

    @Test
    void otherMessagesFollowTheGreeting() {
        List.of("alice", "bob").forEach(socket -> room.enter(socket, false));
        sent.take();
        room.apply("alice", new PlaybackCommand.ChangeVideo(VIDEO));

        assertThat(sent.take()).containsExactly("bob: session:init", "alice bob: session:videoChange");
    }

    @Test
    void socketThatEntersAndJoinsAtOnceIsGreetedTwice() {
        List.of("alice", "bob").forEach(socket -> room.enter(socket, false));
        sent.take();
        room.join("bob", "Bob");
        timer.elapse();

        assertThat(sent.take()).containsExactly("bob: session:init", "bob: session:init", "alice: session:userJoined");
        assertThat(list("alice")).isEqualTo(list("bob")).hasSize(1);
    }

    @Test
    void socketThatLeavesBeforeTheGreetingIsNotGreeted() {
        List.of("alice", "bob").forEach(socket -> room.enter(socket, false));
        sent.take();
        room.lose("bob");
        timer.elapse();

        assertThat(sent.take()).isEmpty();
    }

    @Test
    void returningPageReceivesMissedChangesOnceAfterTheGreeting() {
        room.enter("alice", true);
        room.apply("alice", new PlaybackCommand.ChangeVideo(VIDEO));
        room.enter("bob", true);
        room.enter("carol", false);
        sent.take();
        timer.elapse();

        assertThat(sent.take()).containsExactly("bob carol: session:init", "bob: session:videoChange");
    }

    /**
     * In every mix of entering, joining, leaving and waiting, no socket receives an announcement of a participant that
     * its list already shows.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySocketHasTheListAndGetsNoAnnouncementTwice(long seed) {
        Random random = new Random(seed);
        List<String> here = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (int step = 0; step < 3000; step++) {
            int choice = random.nextInt(100);
            if (here.isEmpty() || (choice < 25 && here.size() < 40)) {
                here.add("socket" + step);
                room.enter("socket" + step, random.nextBoolean());
                continue;
            }
            String socket = here.get(random.nextInt(here.size()));
            if (choice < 70) {
                if (!names.containsKey(socket)) {
                    names.put(socket, "Name" + step);
                    room.join(socket, "Name" + step);
                }
            } else if (choice < 80) {
                here.remove(socket);
                names.remove(socket);
                room.leave(socket);
            } else if (choice < 90) {
                timer.elapse();
            } else {
                room.apply(socket, new PlaybackCommand.Seek(Optional.of((double) step)));
            }
        }
        timer.elapse();
        timer.elapse();

        assertThat(names).isNotEmpty();
        here.forEach(socket -> assertThat(list(socket)).isEqualTo(names));
    }

    /** The list that a client shows, from all messages that it received. */
    private Map<String, String> list(String socket) {
        Map<String, String> list = new LinkedHashMap<>();
        for (Message message : sent.received(socket)) {
            if (message.payload() instanceof SessionInit init) {
                list.clear();
                init.users().forEach((id, user) -> list.put(id, user.username()));
            } else if (message.payload() instanceof UserJoined joined) {
                assertThat(list).doesNotContainKey(joined.user().socketId());
                list.put(joined.user().socketId(), joined.user().username());
            } else if (message.payload() instanceof UserLeft left) {
                list.remove(left.socketId());
            }
        }
        return list;
    }
}
