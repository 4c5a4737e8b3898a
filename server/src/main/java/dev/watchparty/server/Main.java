package dev.watchparty.server;

import dev.watchparty.server.logging.Logging;

/** The server as a process. Apart from {@link WatchPartyServer}, since that class logs from when it is loaded. */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        Logging.configure();
        WatchPartyServer.runProcess();
    }
}
