package dev.watchparty.server.session.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A socket that has left its room after a loss, and may still come back; as Redis keeps it.
 *
 * @param username null if it never joined
 * @param lostAt ms since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"username", "lostAt"})
record LossDocument(String username, long lostAt) {}
