package dev.watchparty.server.identity;

import dev.watchparty.server.session.StoreUnavailableException;
import org.apiguardian.api.API;

/**
 * The place where all nodes keep the secret that signs tickets, so that a client may come back to another node. A store
 * of many nodes binds it.
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface SharedSecret {
    /**
     * Returns the secret that is kept; keeps the candidate and returns it if there is none. All nodes get the same one,
     * even if they ask at the same time. Called once, when the server starts. Blocks.
     *
     * @param candidate a new secret that nobody can guess
     * @throws StoreUnavailableException if the store cannot be reached, and then the server does not start
     */
    String orElseKeep(String candidate);
}
