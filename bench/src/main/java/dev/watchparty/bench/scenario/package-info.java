/**
 * The measurements: each scenario starts a subject, lets a crowd act, and reports the cost. Imported by the runner, and
 * by reports for its metrics. Start reading at {@link dev.watchparty.bench.scenario.Scenario}.
 */
package dev.watchparty.bench.scenario;
