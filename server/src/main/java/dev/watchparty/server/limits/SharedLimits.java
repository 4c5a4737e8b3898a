package dev.watchparty.server.limits;

import dev.watchparty.server.engineio.AddressKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/** Counts on all nodes together what each address does. */
@FunctionalInterface
@API(status = API.Status.INTERNAL)
public interface SharedLimits {
    /** Each node counts alone. */
    SharedLimits NONE = (name, address, rate, count) -> CompletableFuture.completedStage(Duration.ZERO);

    /**
     * Counts what a node has allowed already. It must not block.
     *
     * @param name the name of the limit, and of the room if each room has one; without colons and braces
     * @param rate of one address on all nodes together
     * @param count how many the node has allowed, >= 1
     * @return how long no node may allow one more, because all have allowed too many together; zero if they have not.
     *     Fails if the other nodes cannot be reached
     */
    CompletionStage<Duration> count(String name, AddressKey address, AverageRate rate, long count);
}
