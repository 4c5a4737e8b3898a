package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParticipantsTest {
    /** Beside a plain list, through random changes. */
    @Test
    void listsWhoIsThereInTheirOrderAndNeverChangesAListThatItGave() {
        Random random = new Random(1);
        Participants participants = new Participants();
        List<Participant> model = new ArrayList<>();
        List<List<Participant>> given = new ArrayList<>();
        List<List<Participant>> expected = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            int choice = random.nextInt(10);
            if (choice < 5 || model.isEmpty()) {
                Participant added = participant("socket" + step, "Name");
                participants.put(added);
                model.add(added);
            } else if (choice < 7) {
                int index = random.nextInt(model.size());
                Participant renamed = model.get(index).renamed(new Username("Name" + step));
                participants.put(renamed);
                model.set(index, renamed);
            } else if (choice < 9) {
                Participant gone = model.remove(random.nextInt(model.size()));
                assertThat(participants.remove(gone.socketId())).contains(gone);
            }
            if (random.nextBoolean()) {
                given.add(participants.list());
                expected.add(List.copyOf(model));
            }
        }

        assertThat(given).isEqualTo(expected);
        assertThat(participants.size()).isEqualTo(model.size());
        assertThat(participants.find("socket0").isPresent()).isEqualTo(participants.contains("socket0"));
        assertThat(participants.remove("nobody")).isEmpty();
    }

    private static Participant participant(String socketId, String name) {
        return new Participant(socketId, new Username(name), 1);
    }
}
