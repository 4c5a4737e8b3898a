/**
 * How log events become lines that no user's text can forge, how often the same line may come, and the process's last
 * words. Logback builds the converters by name from {@code logback.xml}, where reading starts; only the process uses {@link
 * dev.watchparty.server.logging.Logging}.
 */
package dev.watchparty.server.logging;
