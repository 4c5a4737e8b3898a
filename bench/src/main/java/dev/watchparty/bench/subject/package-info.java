/**
 * The servers that are compared, each started as a separate process. Imported by scenarios, reports and the runner.
 * Start reading at {@link dev.watchparty.bench.subject.Subject}.
 */
package dev.watchparty.bench.subject;
