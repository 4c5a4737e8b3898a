package dev.watchparty.bench.scenario;

/** The quantities that are measured. */
public enum Metric {
    CPU_PER_DELIVERY("CPU per delivered message", "µs"),
    GENERATOR_PER_DELIVERY("the generator's own CPU per message", "µs"),
    MEDIAN_RECEIVER("latency to the median receiver", "ms"),
    P99_RECEIVER("latency to the 99th percentile", "ms"),
    LAST_RECEIVER("latency to the last receiver", "ms"),
    WORST_BROADCAST("latency to the last receiver of the worst broadcast", "ms"),
    DELIVERED("messages, each checked", ""),
    ACCEPT_RATE("connections let in", "/s"),
    CPU_PER_CONNECTION("CPU per connection", "µs"),
    JOIN_TIME("time until all lists are right", "ms"),
    JOIN_BYTES("bytes sent for the joins", "MB"),
    JOIN_CPU("CPU of the joins", "ms"),
    ENTRY_ORIGINAL("bytes of an entry, original page", "KB"),
    NAME_ORIGINAL("bytes of a join, original page", "KB"),
    ENTRY_ORIGINAL_RETURNED("bytes of an entry among people who are back, original page", "KB"),
    ENTRY_OURS("bytes of an entry, our page", "KB"),
    NAME_OURS("bytes of a join, our page", "KB"),
    ENTRY_OURS_RETURNED("bytes of an entry among people who are back, our page", "KB"),
    LEAVE_TIME("time until the list of who stays is right", "ms"),
    LEAVE_CPU("CPU of the leaves", "ms"),
    RESIDENT_FRESH("resident before anyone came", "MB"),
    RESIDENT("resident with all connected", "MB"),
    RESIDENT_AFTER("resident after all have left", "MB"),
    RESIDENT_PER_CONNECTION("resident per connection", "KB"),
    RESIDENT_GROWTH("resident in the last third over the first", "×"),
    HEARTBEAT_BYTES("bytes per user and second", "B"),
    HEARTBEAT_CPU("CPU per user and second", "µs"),
    COLD_CPU("CPU per message, first broadcasts", "µs"),
    STEADY_CPU("CPU per message, warm", "µs"),
    STARTUP("start to the first client let in", "ms"),
    ALL_CPU("CPU of all processes per delivered message", "µs"),
    LAST_RECEIVER_P99("latency to the last receiver, 99th percentile of the commands", "ms"),
    COMMAND_RATE("commands in one order", "/s"),
    ATTEMPTS("attempts for each command", ""),
    REDIS_CALLS("calls of Redis", "/s"),
    REDIS_SCRIPTS("scripts of Redis", "/s"),
    REDIS_CPU("CPU of Redis", "ms/s"),
    NODE_CPU("CPU of all nodes", "ms/s"),
    BACK_MEDIAN("end of a node until half of its people are back", "ms"),
    BACK_TIME("end of a node until all are back and all lists right", "ms"),
    NEAR_OWN("near to near: latency", "ms"),
    NEAR_TO_FAR("near to far: latency", "ms"),
    FAR_TO_NEAR("far to near: latency", "ms"),
    FAR_OWN("far to far: latency", "ms");

    private final String label;
    private final String unit;

    Metric(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }
}
