/**
 * The promises of the server, seen from outside: one class per subject. Nothing imports it; start reading at {@link
 * dev.watchparty.it.EventsContractTest}.
 */
package dev.watchparty.it;
