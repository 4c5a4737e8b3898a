package dev.watchparty.it.testing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The faults of the original that the server fixes, each by its configuration key; all are on by default. */
public enum Fix {
    FIRST_SEQ_FROM_CLOCK,
    REPLAY_MISSED_CHANGES,
    IGNORE_STALE_JOIN_COMMANDS,
    SUPPRESS_ECHOES,
    CLEAN_USERNAMES,
    SILENT_UNJOINED_LEAVE,
    DELAY_OWN_PAUSE_ECHO,
    PAUSE_AFTER_SAME_VIDEO;

    /** The keys that switch this fix off. */
    public Map<String, Object> off() {
        return Map.of(key(), false);
    }

    /** The keys that switch all fixes off: the original, bug for bug. */
    public static Map<String, Object> allOff() {
        Map<String, Object> keys = new HashMap<>();
        for (Fix fix : values()) {
            keys.putAll(fix.off());
        }
        return keys;
    }

    private String key() {
        return "watchparty.fixes." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
