package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "https://*.example.com", "http://localhost:5173"})
    void acceptsOrigins(String origin) {
        PagesConfig config = config(List.of("'self'", origin), List.of(origin));

        assertThat(config.frameAncestors()).containsExactly("'self'", origin);
        assertThat(config.connectOrigins()).containsExactly(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "*",
                "https://",
                "https://example.com/",
                "https://example.com; script-src *",
                "https://a.example https://b.example",
                "https://example.com\r\nSet-Cookie: a=b",
                "javascript:alert(1)"
            })
    void refusesAnEntryThatIsNotAnOriginAndNamesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(List.of(text), List.of()))
                .withMessageContaining("frameAncestors: " + text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(List.of(), List.of(text)))
                .withMessageContaining("connectOrigins: " + text);
    }

    @ParameterizedTest
    @CsvSource({"/, ''", "/party, /party", "/party/, /party", "/a/b.c_d~e-F9, /a/b.c_d~e-F9", "/..a/.b, /..a/.b"})
    void acceptsBasePathsWithOrWithoutASlashAtTheEnd(String text, String path) {
        assertThat(PagesConfig.parseBasePath(text)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "party",
                "//",
                "/a//b",
                "/a//",
                "/..",
                "/a/../b",
                "/.",
                "/a b",
                "/a?b",
                "/%61",
                "/кино",
                "http://a"
            })
    void refusesInvalidBasePaths(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PagesConfig.parseBasePath(text))
                .withMessageStartingWith("basePath: " + text + " (expected: / or a path such as /party");
    }

    @Test
    void refusesInvalidDurations() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PagesConfig(
                        true, "", true, List.of(), List.of(), Duration.ofDays(-1), Duration.ofSeconds(1)))
                .withMessageContaining("hstsMaxAge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PagesConfig(true, "", true, List.of(), List.of(), Duration.ZERO, Duration.ZERO))
                .withMessageContaining("readinessTimeout");
    }

    private static PagesConfig config(List<String> frameAncestors, List<String> connectOrigins) {
        return new PagesConfig(
                true, "", true, frameAncestors, connectOrigins, Duration.ofDays(1), Duration.ofSeconds(1));
    }
}
