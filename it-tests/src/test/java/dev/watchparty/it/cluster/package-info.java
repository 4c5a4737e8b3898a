/**
 * Several nodes, in processes of their own, that share their rooms by Redis: what people notice while they command a room
 * together, and when a node or Redis fails. Start with {@code NodeFailureTest}.
 */
package dev.watchparty.it.cluster;
