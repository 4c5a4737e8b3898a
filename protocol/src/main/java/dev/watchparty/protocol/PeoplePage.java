package dev.watchparty.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A part of the list of people, in the order in which they joined: the ack of {@link SocketEvents#PEOPLE}.
 *
 * @param total how many people fit the search
 * @param people up to {@value #LENGTH} of them, each once, however many sockets a person has
 * @param reports those of all sockets of these people, up to {@value #REPORTS_OF_ONE} for one person
 */
@JsonPropertyOrder({"total", "people", "reports"})
public record PeoplePage(int total, List<User> people, List<UserReport> reports) {
    /** The people of a page. */
    public static final int LENGTH = 50;

    /** The reports of one person. */
    public static final int REPORTS_OF_ONE = 4;

    public PeoplePage {
        people = List.copyOf(people);
        reports = List.copyOf(reports);
    }
}
