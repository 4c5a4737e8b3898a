package dev.watchparty.server.logging;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Locale;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Returns the configured format if there is one of that name, and text otherwise, so that a mistyped name does not
 * silence the server.
 */
@API(status = API.Status.INTERNAL)
public final class LogFormatDefiner extends PropertyDefinerBase {
    private static final String DEFAULT = "text";
    private static final Set<String> FORMATS = Set.of(DEFAULT, "json");

    private String value = DEFAULT;

    /** Called by Logback. */
    public void setValue(String value) {
        this.value = value;
    }

    @Override
    public String getPropertyValue() {
        String format = value.isBlank() ? DEFAULT : value.strip().toLowerCase(Locale.ROOT);
        if (FORMATS.contains(format)) {
            return format;
        }
        addWarn("log format: %s (expected: text or json)".formatted(SingleLineConverter.escape(value)));
        return DEFAULT;
    }
}
