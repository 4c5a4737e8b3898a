package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.session.RoomId;
import io.github.bucket4j.Bandwidth;
import io.lettuce.core.cluster.SlotHash;

/**
 * The names of the keys and channels. Everything that belongs to a room has the room's shard as its hash tag, and so is
 * in one slot of a cluster.
 */
final class RedisKeys {
    /** How many channels the rooms share. Divides the number of a cluster's slots. */
    static final int SHARDS = 256;

    /** The shard that also knows which rooms have owners, those of the other shards too. */
    static final int OWNED_SHARD = 0;

    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    static int shard(RoomId room) {
        return SlotHash.getSlot(room.value()) % SHARDS;
    }

    byte[] room(RoomId room) {
        return inShard(shard(room), ":room:" + room);
    }

    byte[] roster(RoomId room) {
        return inShard(shard(room), ":roster:" + room);
    }

    byte[] remembered(RoomId room, String socketId) {
        return inShard(shard(room), ":lost:" + room + ":" + socketId);
    }

    byte[] channel(int shard) {
        return inShard(shard, "");
    }

    /** A key that is written to find out whether the shard can be written. */
    byte[] trial(int shard) {
        return inShard(shard, ":trial");
    }

    /** The names of all rooms that have owners. They are in one slot of a cluster, that of the {@link #OWNED_SHARD}. */
    byte[] owned() {
        return inShard(OWNED_SHARD, ":owned");
    }

    byte[] lease(String node) {
        return (prefix + ":node:" + node).getBytes(UTF_8);
    }

    byte[] secret() {
        return (prefix + ":secret").getBytes(UTF_8);
    }

    /** Holds the rate, because a bucket keeps the one with which it was created. */
    byte[] limit(String name, Bandwidth rate, AddressKey address) {
        return "%s:limit:%s:%d:%d:%x"
                .formatted(prefix, name, rate.getRefillTokens(), rate.getCapacity(), address.network())
                .getBytes(UTF_8);
    }

    private byte[] inShard(int shard, String rest) {
        return (prefix + ":{" + shard + "}" + rest).getBytes(UTF_8);
    }
}
