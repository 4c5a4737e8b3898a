/**
 * The store that many nodes share through Redis. The rules stay in Java: Redis compares a version, stores bytes and
 * publishes bytes.
 *
 * <p>From outside in: {@code RedisStore} implements the ports. It has a {@code SharedRoom} for each room of this node, which
 * decides on its {@code Replica} and asks {@code RedisRooms} to have the result accepted. {@code RedisRooms} calls the scripts
 * through {@code RedisLink}, which knows whether Redis can be reached. {@code NodeLease} and {@code AbsentNodes} find out which
 * nodes live.
 */
package dev.watchparty.server.session.redis;
