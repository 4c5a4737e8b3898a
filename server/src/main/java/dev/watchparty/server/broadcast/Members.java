package dev.watchparty.server.broadcast;

import dev.watchparty.server.session.Arrival;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;

/**
 * The sockets that are connected to this node, by the numbers of their arrivals. A member is added when it connects,
 * and removed when it disconnects. The store is responsible for the member's room.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class Members {
    private final Map<Long, Member> byNumber = new ConcurrentHashMap<>();

    @Inject
    Members() {}

    public void add(Member member) {
        byNumber.put(member.arrival().number(), member);
    }

    public void remove(Member member) {
        byNumber.remove(member.arrival().number());
    }

    /** Empty if the member has disconnected, or belongs to another node. */
    Optional<Member> find(Arrival arrival) {
        return Optional.ofNullable(byNumber.get(arrival.number()))
                .filter(member -> member.arrival().equals(arrival));
    }
}
