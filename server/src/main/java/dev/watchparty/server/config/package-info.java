/**
 * Settings: read from {@code application.conf} in one place, and turned into records that check themselves.
 *
 * <p>Only the main class asks for a {@link dev.watchparty.server.config.WatchPartyConfig}; everything else is given the
 * part that it needs. Start reading at {@link dev.watchparty.server.config.ConfigLoader}.
 */
package dev.watchparty.server.config;
