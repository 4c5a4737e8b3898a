/** Tests whether reports state the results of the rounds. */
package dev.watchparty.bench.report;
