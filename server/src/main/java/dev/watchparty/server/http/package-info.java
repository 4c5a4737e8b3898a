/**
 * The pages and endpoints on the server's port besides Socket.IO: the built web client, health, and what every other path
 * answers. Knows nothing of sessions or sockets; the transport puts {@link dev.watchparty.server.http.PagesHandler}, where
 * reading starts, at the end of its HTTP pipeline.
 */
package dev.watchparty.server.http;
