package dev.watchparty.server.handlers;

import dev.watchparty.protocol.PeoplePage;
import dev.watchparty.protocol.PeopleRequest;
import dev.watchparty.protocol.User;
import dev.watchparty.server.session.Participant;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The people of a room: its participants, each person once. */
final class People {
    private People() {}

    /** The requested part of the list. */
    static PeoplePage page(List<Participant> participants, PeopleRequest request) {
        Map<String, Participant> people = new LinkedHashMap<>();
        participants.forEach(participant -> people.putIfAbsent(participant.participantId(), participant));
        String wanted = searchable(request.search());
        List<User> found = people.values().stream()
                .filter(person -> wanted.isEmpty()
                        || searchable(person.username().value()).contains(wanted))
                .map(Participant::toUser)
                .toList();
        int from = Math.min(request.offset(), found.size());
        return new PeoplePage(found.size(), found.subList(from, Math.min(from + PeoplePage.LENGTH, found.size())));
    }

    /** As people type it: without case, and whatever the form of its characters. */
    private static String searchable(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
