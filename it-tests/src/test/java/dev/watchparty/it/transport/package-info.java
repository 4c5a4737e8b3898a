/**
 * What the transport alone promises, to clients of all libraries, modes and encodings, and to those of ill will; under
 * Netty's paranoid leak detection. Nothing here knows of parties. Start with {@code MessagesTest}.
 */
package dev.watchparty.it.transport;
