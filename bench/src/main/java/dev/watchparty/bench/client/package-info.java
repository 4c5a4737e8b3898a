/**
 * The load generator: many clients on one event loop, with no Socket.IO library between them and the bytes. Imported by
 * scenarios and microbenchmarks; the floor uses its key. Start reading at {@link dev.watchparty.bench.client.Crowd}.
 */
package dev.watchparty.bench.client;
