/**
 * How log events become lines that no user's text can forge, and the process's last words. Logback builds these classes by
 * name from {@code logback.xml}, where reading starts; only the process uses {@link
 * dev.watchparty.server.logging.Logging}.
 */
package dev.watchparty.server.logging;
