/** Whether the benchmarks themselves work. */
package dev.watchparty.bench;
