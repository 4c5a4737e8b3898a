package dev.watchparty.it;

import dev.watchparty.it.testing.OnTwoNodes;
import java.nio.file.Path;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Lost clients that come back, with clients on two nodes. */
@OnTwoNodes
class RecoveryOnTwoNodesTest extends RecoveryTest {
    private static final String NO_FILE = "Redis needs no file of sessions";

    @Override
    @Test
    @Disabled(NO_FILE)
    void sessionSurvivesACrashOfTheServer(Path folder) {}

    @Override
    @Test
    @Disabled(NO_FILE)
    void newcomerHearsOfTheParticipantsOfARevivedSession(Path folder) {}
}
