/** Fixtures for the tests of every module: a real Redis, alone, with sentinels and as a cluster. */
package dev.watchparty.server.testing;
