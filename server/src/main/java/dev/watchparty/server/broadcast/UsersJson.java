package dev.watchparty.server.broadcast;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import dev.watchparty.protocol.User;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.session.Participant;
import java.io.IOException;
import java.io.OutputStream;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The users of a room as {@code session:init} shows them, each written as JSON once: every member that enters a crowd
 * gets the whole list, and most of it has not changed since the list before.
 *
 * <p>The output always follows the given participants; those of earlier calls only save work. For one thread at a time;
 * every thread may read the returned maps.
 */
final class UsersJson {
    private static final ObjectWriter WRITER = WireJson.newMapper().writer();

    private final Function<Participant, User> form;
    private List<Participant> written = List.of();
    private int[] ends = new int[0]; // of each, in the JSON
    private byte[] json = new byte[0]; // a comma and a member of an object for each

    /** @param form a participant as the clients are told of it */
    UsersJson(Function<Participant, User> form) {
        this.form = form;
    }

    /**
     * The users by socket id, in the order of the participants: the first of them, and some others. The map does not
     * change, and knows its JSON.
     *
     * @param participants immutable
     * @param max how many of the first, >= 1
     * @param others the socket ids of those who must be among them in any case
     */
    Map<String, User> of(List<Participant> participants, int max, Set<String> others) {
        Users all = of(participants);
        if (participants.size() <= max) {
            return all;
        }
        List<Participant> added = participants.subList(max, participants.size()).stream()
                .filter(participant -> others.contains(participant.socketId()))
                .toList();
        byte[] shown = Arrays.copyOf(json, length(max));
        for (Participant participant : added) {
            byte[] member = write(participant);
            shown = Arrays.copyOf(shown, shown.length + member.length);
            System.arraycopy(member, 0, shown, shown.length - member.length, member.length);
        }
        List<Participant> listed = new ArrayList<>(participants.subList(0, max));
        listed.addAll(added);
        return new Users(listed, shown, shown.length);
    }

    /**
     * All users by socket id, in the order of the participants.
     *
     * @param participants immutable
     */
    private Users of(List<Participant> participants) {
        int same = commonBeginning(participants);
        if (same < written.size()) {
            rewrite(participants, same);
        } else {
            for (Participant added : participants.subList(same, participants.size())) {
                append(same++, write(added));
            }
        }
        written = participants;
        return new Users(participants, json, length(participants.size()));
    }

    @SuppressWarnings("ReferenceEquality") // faster, and a participant that is created again is only written again
    private int commonBeginning(List<Participant> participants) {
        int max = Math.min(written.size(), participants.size());
        for (int i = 0; i < max; i++) {
            if (written.get(i) != participants.get(i)) {
                return i;
            }
        }
        return max;
    }

    /** Maps that were returned earlier keep the old array. */
    @SuppressWarnings("ReferenceEquality")
    private void rewrite(List<Participant> participants, int same) {
        byte[] oldJson = json;
        int[] oldEnds = ends;
        json = Arrays.copyOf(oldJson, Math.max(oldJson.length / 2, length(same)));
        ends = Arrays.copyOf(oldEnds, participants.size());
        int old = same;
        for (int i = same; i < participants.size(); i++) {
            Participant participant = participants.get(i);
            while (old < written.size() && !written.get(old).socketId().equals(participant.socketId())) {
                old++; // has left: the others keep their order
            }
            if (old < written.size() && written.get(old) == participant) {
                append(i, Arrays.copyOfRange(oldJson, old == 0 ? 0 : oldEnds[old - 1], oldEnds[old]));
            } else {
                append(i, write(participant));
            }
        }
    }

    private void append(int index, byte[] member) {
        int start = length(index);
        int end = start + member.length;
        if (end > json.length) {
            json = Arrays.copyOf(json, Math.max(end, 2 * json.length));
        }
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(4, 2 * ends.length));
        }
        System.arraycopy(member, 0, json, start, member.length);
        ends[index] = end;
    }

    private int length(int users) {
        return users == 0 ? 0 : ends[users - 1];
    }

    private byte[] write(Participant participant) {
        try {
            byte[] object = WRITER.writeValueAsBytes(Map.of(participant.socketId(), form.apply(participant)));
            object[0] = ',';
            return Arrays.copyOf(object, object.length - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("participant cannot be written as JSON", e);
        }
    }

    /** Users that are copied into JSON as they were written; all other code sees an ordinary map. */
    private final class Users extends AbstractMap<String, User> implements JsonSerializable {
        private final List<Participant> participants;
        private final byte[] json;
        private final int length;

        Users(List<Participant> participants, byte[] json, int length) {
            this.participants = participants;
            this.json = json;
            this.length = length;
        }

        @Override
        public Set<Entry<String, User>> entrySet() {
            return toMap().entrySet();
        }

        private Map<String, User> toMap() {
            Map<String, User> users = new LinkedHashMap<>(2 * participants.size());
            participants.forEach(participant -> users.put(participant.socketId(), form.apply(participant)));
            return users;
        }

        @Override
        public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (length == 0 || !(generator.getOutputTarget() instanceof OutputStream out)) {
                provider.defaultSerializeValue(toMap(), generator); // into a tree, most often
                return;
            }
            generator.writeRawValue("{");
            generator.flush();
            out.write(json, 1, length - 1); // the first has no comma before it
            generator.writeRaw('}');
        }

        @Override
        public void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(generator, provider);
        }
    }
}
