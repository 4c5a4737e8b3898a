package dev.watchparty.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A part of the list of people, in the order in which they joined: the ack of {@link SocketEvents#PEOPLE}.
 *
 * @param total how many people fit the search
 * @param people up to {@value #LENGTH} of them, each once, however many sockets a person has
 */
@JsonPropertyOrder({"total", "people"})
public record PeoplePage(int total, List<User> people) {
    /** The people of a page. */
    public static final int LENGTH = 50;

    public PeoplePage {
        people = List.copyOf(people);
    }
}
