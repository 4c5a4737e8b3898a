package dev.watchparty.server.lifecycle;

/**
 * A part of the server that has its own start and end. The server starts its parts when its port is open, and closes
 * them before it closes its clients.
 */
public interface ManagedPart {
    /** Starts the part. Called once, on the thread that starts the server. */
    void start();

    /**
     * Ends the part. Called once, on the thread that closes the server; also if {@link #start} failed or was not
     * called, and if another part could not be created. Blocks.
     */
    void close();

    /**
     * Frees what the part needs until the last client has gone. Called once, after {@link #close} and after the server has
     * closed its clients. Blocks.
     */
    default void release() {
        // Most parts need nothing for so long.
    }
}
