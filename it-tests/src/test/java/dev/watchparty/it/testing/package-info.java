/**
 * Fixtures of the integration tests: running servers, real clients of each kind, and raw sockets. Only tests may import
 * it. Start reading at {@link dev.watchparty.it.testing.TestingParty}, which most tests use.
 */
package dev.watchparty.it.testing;
