/**
 * The benchmarks: the cost of the server, compared with its peers and with the price of the kernel. Start reading at
 * {@link dev.watchparty.bench.Bench}. No module of the product imports it.
 */
package dev.watchparty.bench;
