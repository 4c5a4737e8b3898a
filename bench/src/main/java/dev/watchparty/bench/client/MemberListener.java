package dev.watchparty.bench.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The reaction to all that members are told. Called on the party's event loop; must not block. */
public interface MemberListener {
    /** A member has received an event of the party; its list is up to date. */
    void heard(Member member, ServerEvent event, JsonNode payload);

    /** A member has received another event. */
    default void told(Member member, JsonNode nameAndPayload) {}

    /** A command has been acknowledged. */
    default void answered(Member member, long acknowledgement, JsonNode arguments) {}

    /** A member has lost its connection, and will come back. */
    default void lost(Member member, String why) {}

    /** A member has come back as another. */
    default void changedId(Member member, String before) {}
}
