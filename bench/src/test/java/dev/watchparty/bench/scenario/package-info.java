/** Tests whether the benchmarks' checks find the errors that they look for. */
package dev.watchparty.bench.scenario;
