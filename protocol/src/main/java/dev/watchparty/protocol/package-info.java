/**
 * The wire contract: the name of every event and a record for every payload, with the field names and number formats
 * that clients see.
 *
 * <p>It does not depend on the server, so a bot or a load generator can be built on it alone. Start reading at {@link
 * dev.watchparty.protocol.SocketEvents}; the TypeScript declarations of the web client are generated from these
 * records.
 */
package dev.watchparty.protocol;
