/**
 * Microbenchmarks of the steps that a command takes through the server: {@code java -jar bench/target/bench.jar jmh}.
 * They show which step became more expensive, not the cost of a server. Nothing imports it.
 */
package dev.watchparty.bench.jmh;
