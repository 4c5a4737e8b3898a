package dev.watchparty.bench.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that one more person receives who comes to a room and joins it. Everybody in the room has joined, and nothing
 * else happens there.
 */
final class Join extends SizedScenario {
    private static final String ORIGINAL_PAGE = "";
    private static final String OUR_PAGE = "{\"generation\":3}";
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    /** The time for the last bytes of an answer, and for a server to finish with clients that have left. */
    private static final Duration QUIET = Duration.ofMillis(500);

    Join(List<Integer> sizes) {
        super("join", sizes);
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        subject.awaitListening();
        Newcomers newcomers = newcomers(subject, users, "");
        Newcomers amongReturned = newcomers(subject, users, "{\"identity\":\"%s\"}".formatted(token(subject)));
        return Map.of(
                Metric.ENTRY_ORIGINAL, kilobytes(newcomers.original().onEntry()),
                Metric.NAME_ORIGINAL, kilobytes(newcomers.original().onName()),
                Metric.ENTRY_ORIGINAL_RETURNED,
                        kilobytes(amongReturned.original().onEntry()),
                Metric.ENTRY_OURS, kilobytes(newcomers.ours().onEntry()),
                Metric.NAME_OURS, kilobytes(newcomers.ours().onName()),
                Metric.ENTRY_OURS_RETURNED, kilobytes(amongReturned.ours().onEntry()));
    }

    private static double kilobytes(long bytes) {
        return bytes / 1e3;
    }

    /**
     * The bytes that one newcomer receives.
     *
     * @param onEntry from the handshake of Engine.IO until its {@code session:init}
     * @param onName after it has sent its name, with the second {@code session:init}
     */
    private record Received(long onEntry, long onName) {}

    /** Newcomers of both kinds, one after the other. */
    private record Newcomers(Received original, Received ours) {}

    /** @param auth of the people in the room */
    private static Newcomers newcomers(SubjectProcess subject, int users, String auth) {
        try (Crowd crowd = new Crowd(subject.port(), auth)) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            Rosters rosters = new Rosters(users);
            crowd.run(() -> {
                crowd.listenWith(rosters);
                for (int user = 0; user < users; user++) {
                    crowd.viewer(user).join("user " + user);
                }
            });
            crowd.await(rosters.allFull(), "all lists to be right");
            Load.idle(QUIET);
            return new Newcomers(newcomer(subject, ORIGINAL_PAGE), newcomer(subject, OUR_PAGE));
        } finally {
            Load.idle(QUIET);
        }
    }

    private static Received newcomer(SubjectProcess subject, String auth) {
        long[] bytes = new long[2];
        try (Crowd alone = new Crowd(subject.port(), auth)) {
            alone.connect(1, 1, client -> "");
            Load.idle(QUIET);
            alone.run(() -> {
                bytes[0] = alone.bytes();
                alone.viewer(0).join("newcomer");
            });
            Load.idle(QUIET);
            alone.run(() -> {
                bytes[1] = alone.bytes();
                alone.viewer(0).leave();
            });
            Load.idle(QUIET);
        }
        return new Received(bytes[0], bytes[1] - bytes[0]);
    }

    /** The token of one person, who then has as many tabs as a crowd has clients; empty if the subject knows no identities. */
    private static String token(SubjectProcess subject) {
        StringBuilder token = new StringBuilder();
        try (Crowd alone = new Crowd(subject.port(), OUR_PAGE)) {
            alone.run(() -> alone.listenWith((viewer, event, in, index, length) -> {
                if (event == ServerEvent.IDENTITY) {
                    Matcher matcher = TOKEN.matcher(in.toString(index, length, UTF_8));
                    token.append(matcher.find() ? matcher.group(1) : "");
                }
            }));
            alone.connect(1, 1, client -> "");
        }
        return token.toString();
    }
}
