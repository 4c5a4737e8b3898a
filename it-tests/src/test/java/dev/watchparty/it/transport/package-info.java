/**
 * The promises of the transport alone, to clients of all libraries, modes and encodings, and to hostile ones; under
 * Netty's paranoid leak detection. Nothing here depends on parties. Start with {@code MessagesTest}.
 */
package dev.watchparty.it.transport;
