/**
 * The results of a run as a table, JSON and charts. Imported by the runner. Start reading at {@link
 * dev.watchparty.bench.report.Results}.
 */
package dev.watchparty.bench.report;
