/**
 * What the server promises, seen from outside: one class a subject. Nothing imports it; start reading at
 * {@link dev.watchparty.it.EventsContractTest}.
 */
package dev.watchparty.it;
