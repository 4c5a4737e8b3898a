package dev.watchparty.protocol;

/**
 * The features of a server: the answer to {@code GET /api/server}.
 *
 * @param defaultRoom whether clients that name no room may enter the one for everybody
 */
public record ServerInfo(boolean defaultRoom) {}
