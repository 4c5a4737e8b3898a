/**
 * The benchmarks: what the server costs, against its peers and against the price of the kernel. Start reading at
 * {@link dev.watchparty.bench.Bench}. Nothing of the product imports it.
 */
package dev.watchparty.bench;
