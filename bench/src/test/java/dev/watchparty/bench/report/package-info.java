/** Whether reports say what the rounds say. */
package dev.watchparty.bench.report;
