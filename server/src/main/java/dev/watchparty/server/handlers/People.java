package dev.watchparty.server.handlers;

import dev.watchparty.protocol.PeoplePage;
import dev.watchparty.protocol.PeopleRequest;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.Roster;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The people of a room: its participants, each person once. */
final class People {
    private People() {}

    /** The requested part of the list. */
    static PeoplePage page(Roster roster, PeopleRequest request) {
        Map<String, Participant> people = new LinkedHashMap<>();
        roster.participants().forEach(participant -> people.putIfAbsent(participant.participantId(), participant));
        String wanted = searchable(request.search());
        List<Participant> found = people.values().stream()
                .filter(person -> wanted.isEmpty()
                        || searchable(person.username().value()).contains(wanted))
                .toList();
        int from = Math.min(request.offset(), found.size());
        List<Participant> shown = found.subList(from, Math.min(from + PeoplePage.LENGTH, found.size()));
        return new PeoplePage(
                found.size(), shown.stream().map(Participant::toUser).toList(), reports(roster, shown));
    }

    /** How all sockets of some people are. */
    private static List<UserReport> reports(Roster roster, List<Participant> people) {
        if (roster.reports().isEmpty()) {
            return List.of();
        }
        Map<String, List<UserReport>> byPerson = new LinkedHashMap<>();
        people.forEach(person -> byPerson.put(person.participantId(), new ArrayList<>()));
        for (Participant participant : roster.participants()) {
            List<UserReport> reports = byPerson.get(participant.participantId());
            UserReport report = roster.reports().get(participant.socketId());
            if (reports != null && report != null && reports.size() < PeoplePage.REPORTS_OF_ONE) {
                reports.add(report);
            }
        }
        return byPerson.values().stream().flatMap(List::stream).toList();
    }

    /** As people type it: without case, and whatever the form of its characters. */
    private static String searchable(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
