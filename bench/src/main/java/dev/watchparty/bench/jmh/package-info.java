/**
 * Microbenchmarks of the steps that a command takes through the server: {@code java -jar bench/target/bench.jar jmh}.
 * They say which step became dearer, not what a server costs. Nothing imports it.
 */
package dev.watchparty.bench.jmh;
