/**
 * Fixtures for the tests of every module: a real Redis, alone, with sentinels and as a cluster, and a network that fails
 * on demand.
 */
package dev.watchparty.server.testing;
