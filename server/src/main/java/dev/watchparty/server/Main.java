package dev.watchparty.server;

import dev.watchparty.server.logging.Logging;

/**
 * Runs the server as a process. It is separate from {@link WatchPartyServer}, because that class logs as soon as it is
 * loaded.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        Logging.configure();
        WatchPartyServer.runProcess();
    }
}
