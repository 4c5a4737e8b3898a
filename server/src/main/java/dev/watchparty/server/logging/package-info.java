/**
 * Writes log events as lines that no user's text can forge, limits how often the same line may appear, and writes the
 * last events of a process. Logback creates the converters by the names in {@code logback.xml}; start reading there.
 * Only the process uses {@link dev.watchparty.server.logging.Logging}.
 */
package dev.watchparty.server.logging;
