package dev.watchparty.server.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchparty.protocol.User;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.session.Participant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsersJsonTest {
    private final ObjectMapper mapper = WireJson.newMapper();

    /** Compares both through joins, leaves and renames: as text, as a tree, and again later. */
    @Test
    void jsonIsThatOfAnOrdinaryMap() throws Exception {
        Random random = new Random(1);
        UsersJson json = new UsersJson(Participant::toUser);
        List<Participant> participants = new ArrayList<>();
        List<Map<String, User>> given = new ArrayList<>();
        List<Map<String, User>> expected = new ArrayList<>();
        for (int step = 0; step < 1000; step++) {
            int choice = random.nextInt(10);
            if (choice < 5 || participants.isEmpty()) {
                participants.add(new Participant("socket\"" + step, new Username("Zoë \"😀\" " + step), step));
            } else if (choice < 7) {
                int index = random.nextInt(participants.size());
                Participant renamed = participants.get(index);
                participants.set(index, new Participant(renamed.socketId(), new Username("N" + step), step));
            } else if (choice < 9) {
                participants.remove(random.nextInt(participants.size()));
            } else {
                participants.subList(0, random.nextInt(participants.size())).clear();
            }
            given.add(all(json, List.copyOf(participants)));
            Map<String, User> users = new LinkedHashMap<>();
            participants.forEach(participant -> users.put(participant.socketId(), participant.toUser()));
            expected.add(users);
        }

        for (int i = 0; i < given.size(); i++) {
            Map<String, Object> payload = Map.of("users", given.get(i));
            assertThat(mapper.writeValueAsBytes(payload))
                    .asString(UTF_8)
                    .isEqualTo(new String(mapper.writeValueAsBytes(Map.of("users", expected.get(i))), UTF_8));
            assertThat(mapper.<JsonNode>valueToTree(payload))
                    .isEqualTo(mapper.valueToTree(Map.of("users", expected.get(i))));
            assertThat(given.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void listMayStartWithAnyParticipant() throws Exception {
        UsersJson json = new UsersJson(Participant::toUser);
        assertThat(mapper.writeValueAsString(all(json, List.of()))).isEqualTo("{}");
        all(json, List.of(new Participant("a", new Username("A"), 1)));
        Map<String, User> other = all(json, List.of(new Participant("b", new Username("B"), 2)));
        assertThat(new String(mapper.writeValueAsBytes(other), UTF_8))
                .isEqualTo("{\"b\":{\"socketId\":\"b\",\"username\":\"B\",\"joinedAt\":2}}");
        assertThat(new String(mapper.writeValueAsBytes(all(json, List.of())), UTF_8))
                .isEqualTo("{}");
    }

    private static Map<String, User> all(UsersJson json, List<Participant> participants) {
        return json.of(participants, Integer.MAX_VALUE, Set.of());
    }

    @Test
    void longListIsCutAndStillHoldsItsReaders() throws Exception {
        UsersJson json = new UsersJson(Participant::toUser);
        List<Participant> participants = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            participants.add(new Participant("s" + i, new Username("N" + i), i));
        }
        List<Participant> fixed = List.copyOf(participants);

        Map<String, User> cut = json.of(fixed, 3, Set.of("s1", "s7", "s9", "stranger"));
        assertThat(cut.keySet()).containsExactly("s0", "s1", "s2", "s7", "s9");
        assertThat(new String(mapper.writeValueAsBytes(cut), UTF_8))
                .isEqualTo(mapper.writeValueAsString(new LinkedHashMap<>(cut)));
        assertThat(all(json, fixed)).hasSize(10);
        assertThat(json.of(fixed, 10, Set.of("s1"))).hasSize(10);
        assertThat(json.of(fixed, 1, Set.of()).keySet()).containsExactly("s0");
    }
}
