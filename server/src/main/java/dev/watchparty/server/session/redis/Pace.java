package dev.watchparty.server.session.redis;

import java.time.Duration;

/**
 * How often a node looks after what it shares with others.
 *
 * @param lease how long a node counts as alive after its last sign of life
 * @param renewal between two signs of life
 * @param probe between two messages of a node to itself
 * @param sweep between two comparisons of the rooms' versions, since a lost last message leaves no gap
 */
record Pace(Duration lease, Duration renewal, Duration probe, Duration sweep) {
    static final Pace DEFAULT =
            new Pace(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(30));
}
