/** What a run found, as a table, JSON and a chart. Start reading at {@link dev.watchparty.bench.report.Results}. */
package dev.watchparty.bench.report;
