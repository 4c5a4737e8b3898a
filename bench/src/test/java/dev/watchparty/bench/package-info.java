/** Tests whether the benchmarks themselves work. */
package dev.watchparty.bench;
