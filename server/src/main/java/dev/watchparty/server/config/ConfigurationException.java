package dev.watchparty.server.config;

/** A setting is wrong. The message holds its path, its value and what was expected. */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
