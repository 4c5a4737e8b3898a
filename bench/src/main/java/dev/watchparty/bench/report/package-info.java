/**
 * What a run found, as a table, JSON and charts. Imported by the runner. Start reading at
 * {@link dev.watchparty.bench.report.Results}.
 */
package dev.watchparty.bench.report;
