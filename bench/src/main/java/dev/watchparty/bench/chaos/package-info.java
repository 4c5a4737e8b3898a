/**
 * A long run of several nodes on Redis under faults, whose order comes from a seed, and a model that checks all that the
 * clients are told. Imported by the command line. Start reading at {@link dev.watchparty.bench.chaos.ChaosRun}.
 */
package dev.watchparty.bench.chaos;
