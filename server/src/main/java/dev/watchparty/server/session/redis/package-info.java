/**
 * The store that many nodes share through Redis. The rules stay in Java: Redis compares a version, stores bytes and
 * publishes bytes.
 */
package dev.watchparty.server.session.redis;
