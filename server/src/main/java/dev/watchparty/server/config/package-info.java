/**
 * Settings: reads {@code application.conf} in one place, and turns it into records that check themselves.
 *
 * <p>Only the main class uses a {@link dev.watchparty.server.config.WatchPartyConfig}; every other component receives
 * the part that it needs. Start reading at {@link dev.watchparty.server.config.ConfigLoader}.
 */
package dev.watchparty.server.config;
