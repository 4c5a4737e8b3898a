package dev.watchparty.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.core.PropertyDefinerBase;
import org.apiguardian.api.API;

/** Returns the configured level if there is one of that name, and INFO otherwise; Logback itself would use DEBUG. */
@API(status = API.Status.INTERNAL)
public final class LogLevelDefiner extends PropertyDefinerBase {
    private String value = Level.INFO.levelStr;

    /** Called by Logback. */
    public void setValue(String value) {
        this.value = value;
    }

    @Override
    public String getPropertyValue() {
        Level level = value.isBlank() ? Level.INFO : Level.toLevel(value, null);
        if (level != null) {
            return level.levelStr;
        }
        addWarn("log level: %s (expected: TRACE, DEBUG, INFO, WARN, ERROR or OFF)"
                .formatted(SingleLineConverter.escape(value)));
        return Level.INFO.levelStr;
    }
}
