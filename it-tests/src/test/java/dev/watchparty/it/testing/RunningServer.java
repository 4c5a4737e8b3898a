package dev.watchparty.it.testing;

import java.net.URI;

/** The address of a server that runs for a test. */
public interface RunningServer extends AutoCloseable {
    int port();

    default URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Stops the server, and returns when it has stopped. */
    void stop();

    /** Ends the server, and may return before it has ended. */
    @Override
    void close();
}
