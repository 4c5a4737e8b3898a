package outsider;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.WatchPartyServer;

/** A program that contains the server, as in the README. */
public final class Outsider {
    private Outsider() {}

    public static void main(String[] args) throws Exception {
        System.out.println("class path " + System.getProperty("java.class.path"));
        Config settings = ConfigFactory.parseString("watchparty { server.port = 0, pages.enabled = false }");
        try (WatchPartyServer server = WatchPartyServer.start(settings)) {
            Guest.join(server.port());
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("watchparty-")) {
                thread.join(10_000); // it may be at its very end
                if (thread.isAlive()) {
                    System.out.println("thread left behind: " + thread.getName());
                }
            }
        }
    }
}
