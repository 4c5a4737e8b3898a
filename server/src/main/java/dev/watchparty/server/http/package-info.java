/**
 * The pages and endpoints on the server's port besides Socket.IO: the built web client, health, and the answer of every
 * other path; and the requests of scripts, of which one creates rooms. It does not know sockets. Start reading at {@link dev.watchparty.server.http.PagesHandler};
 * the transport puts it at the end of its HTTP pipeline.
 */
package dev.watchparty.server.http;
