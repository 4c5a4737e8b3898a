package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireJsonTest {
    private final ObjectMapper mapper = WireJson.newMapper();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "10, 10",
        "10.5, 10.5",
        "3.716599999999627, 3.716599999999627",
        "0.018399999999906866, 0.018399999999906866",
        "0.001, 0.001",
        "0.000001, 0.000001",
        "1.5E-7, 1.5e-7",
        "86400, 86400",
        "2.0E-3, 0.002",
        "100000000000000000000, 100000000000000000000",
        "1E21, 1e+21",
        "1.25E22, 1.25e+22",
        "-7.25, -7.25",
        "0.30000000000000004, 0.30000000000000004",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
    })
    void numbersLookAsJavaScriptPrintsThem(double value, String text) {
        assertThat(WireJson.number(value)).isEqualTo(text);
    }

    @Test
    void payloadsHaveTheOriginalsShape() throws JsonProcessingException {
        Map<String, User> users = new LinkedHashMap<>();
        users.put("5cX_Ot_Dm5IrYP82AAAB", new User("5cX_Ot_Dm5IrYP82AAAB", "Alice", 1795331595457L, Optional.empty()));
        assertThat(mapper.writeValueAsString(new SessionInit(
                        "",
                        0,
                        false,
                        LastAction.INIT,
                        "system",
                        "System",
                        0,
                        1795331590415L,
                        users,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .isEqualTo(
                        "{\"videoId\":\"\",\"playbackTime\":0,\"isPlaying\":false,\"lastAction\":\"init\","
                                + "\"lastActionBy\":\"system\",\"lastActionByUsername\":\"System\",\"seq\":0,"
                                + "\"lastUpdatedAt\":1795331590415,\"users\":{\"5cX_Ot_Dm5IrYP82AAAB\":"
                                + "{\"socketId\":\"5cX_Ot_Dm5IrYP82AAAB\",\"username\":\"Alice\",\"joinedAt\":1795331595457}}}");
        assertThat(mapper.writeValueAsString(new PlaybackUpdate(0.012, 2, 1795331599554L, "Bob")))
                .isEqualTo("{\"time\":0.012,\"seq\":2,\"lastUpdatedAt\":1795331599554,\"username\":\"Bob\"}");
        assertThat(mapper.writeValueAsString(new PlaybackSync(71.0542000000002, 6, 1795331607543L)))
                .isEqualTo("{\"time\":71.0542000000002,\"seq\":6,\"lastUpdatedAt\":1795331607543}");
        assertThat(mapper.writeValueAsString(new VideoChange("M7lc1UVf-VE", 7, 1795331609931L, "Bob")))
                .isEqualTo(
                        "{\"videoId\":\"M7lc1UVf-VE\",\"seq\":7,\"lastUpdatedAt\":1795331609931,\"username\":\"Bob\"}");
        assertThat(mapper.writeValueAsString(new UserLeft("x", "Carol")))
                .isEqualTo("{\"socketId\":\"x\",\"username\":\"Carol\"}");
        assertThat(mapper.writeValueAsString(new UserJoined(new User("x", "Carol", 5, Optional.empty()))))
                .isEqualTo("{\"user\":{\"socketId\":\"x\",\"username\":\"Carol\",\"joinedAt\":5}}");
        assertThat(mapper.writeValueAsString(new PlaybackRequest(Optional.of(10.0))))
                .isEqualTo("{\"time\":10}");
    }

    @Test
    void everyActionHasItsNameOnTheWire() throws JsonProcessingException {
        assertThat(mapper.writeValueAsString(LastAction.values()))
                .isEqualTo("[\"init\",\"play\",\"pause\",\"seek\",\"changeVideo\"]");
    }

    @Test
    void deepAndLongInputIsRefused() {
        assertThatThrownBy(() -> mapper.readTree("[".repeat(100) + "]".repeat(100)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> mapper.readTree("1".repeat(100_000))).isInstanceOf(JsonProcessingException.class);
    }
}
