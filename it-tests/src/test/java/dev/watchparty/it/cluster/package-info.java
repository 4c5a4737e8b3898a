/** What people at several servers notice when something fails. Start with {@code RedisOutageTest}. */
package dev.watchparty.it.cluster;
