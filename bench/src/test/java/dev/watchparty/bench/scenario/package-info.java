/** Whether the benchmarks' checks find what they are for. */
package dev.watchparty.bench.scenario;
