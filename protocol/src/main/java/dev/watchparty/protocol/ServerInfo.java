package dev.watchparty.protocol;

/**
 * What a server offers: the answer to {@code GET /api/server}.
 *
 * @param defaultRoom whether clients that name no room may enter the one for everybody
 */
public record ServerInfo(boolean defaultRoom) {}
