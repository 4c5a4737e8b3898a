/**
 * The cost of a process, from the operating system's accounting. Imported by scenarios and subjects. Start reading at
 * {@link dev.watchparty.bench.measure.ProcessMeter}.
 */
package dev.watchparty.bench.measure;
