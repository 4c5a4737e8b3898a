package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How people's players are: the reports that clients send, and those that they are told. */
class PlayerReportTest {
    private final ObjectMapper mapper = WireJson.newMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"player":"playing","driftMs":-120,"hidden":false}      | PLAYING   | -120
            {"player":"paused","driftMs":86400000,"hidden":false}   | PAUSED    | 86400000
            {"player":"paused","driftMs":-86400000,"hidden":false}  | PAUSED    | -86400000
            {"player":"playing","driftMs":12.0,"hidden":false}      | PLAYING   | 12
            {"player":"buffering","driftMs":null,"hidden":false}    | BUFFERING |
            {"player":"none","hidden":false,"extra":{"a":[1]}}      | NONE      |
            """)
    void reportIsRead(String payload, PlayerState player, Integer drift) throws Exception {
        assertThat(PlayerReport.read(mapper.readTree(payload)))
                .isEqualTo(new PlayerReport(player, Optional.ofNullable(drift), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "null",
                "[]",
                "\"playing\"",
                "{}",
                "{\"hidden\":false}",
                "{\"player\":null,\"hidden\":false}",
                "{\"player\":1,\"hidden\":false}",
                "{\"player\":\"PLAYING\",\"hidden\":false}",
                "{\"player\":\"secret words\",\"hidden\":false}",
                "{\"player\":[\"playing\"],\"hidden\":false}",
                "{\"player\":\"playing\"}",
                "{\"player\":\"playing\",\"hidden\":null}",
                "{\"player\":\"playing\",\"hidden\":\"secret words\"}",
                "{\"player\":\"playing\",\"hidden\":0}",
                "{\"player\":\"playing\",\"driftMs\":0.5,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":\"secret words\",\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":true,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":{},\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":86400001,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":-86400001,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":-2147483648,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":1e300,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":1e999,\"hidden\":false}",
                "{\"player\":\"playing\",\"driftMs\":123456789012345678901234567890,\"hidden\":false}",
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String payload) {
        assertThatThrownBy(() -> PlayerReport.read(mapper.readTree(payload)))
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageContaining("(expected: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void missingReportIsRefused() {
        assertThatThrownBy(() -> PlayerReport.read(null)).hasMessage("payload: missing (expected: an object)");
    }

    @Test
    void driftIsWithinADay() {
        Optional<Integer> tooFar = Optional.of(-86_400_001);
        assertThatThrownBy(() -> new PlayerReport(PlayerState.PLAYING, tooFar, false))
                .hasMessage("driftMs: -86400001 (expected: -86400000 .. 86400000)");
        assertThatThrownBy(() -> new PlayerReport(PlayerState.PLAYING, Optional.of(Integer.MIN_VALUE), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void stateHasOneNameOnTheWire(PlayerState state) throws JsonProcessingException {
        assertThat(mapper.writeValueAsString(state)).isEqualTo('"' + state.wireName() + '"');
        assertThat(PlayerState.find(state.wireName())).contains(state);
    }

    @Test
    void userWhoHasNotReportedHasNeitherDriftNorHiddenPage() {
        assertThatThrownBy(() -> new UserReport("a", Optional.empty(), Optional.of(1), false, false))
                .hasMessage("player: empty (expected: a state, if anything else is reported)");
        assertThatThrownBy(() -> new UserReport("a", Optional.empty(), Optional.empty(), true, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsHaveTheFieldsOfTheContract() throws JsonProcessingException {
        UserReport known = UserReport.of("a", new PlayerReport(PlayerState.BLOCKED, Optional.of(-40), true), true);
        UserReports reports = new UserReports(List.of(known, UserReport.unknown("b")));

        assertThat(mapper.writeValueAsString(reports))
                .isEqualTo(
                        "{\"reports\":[{\"socketId\":\"a\",\"player\":\"blocked\",\"driftMs\":-40,\"hidden\":true,\"reconnecting\":true},"
                                + "{\"socketId\":\"b\",\"hidden\":false,\"reconnecting\":false}]}");
        assertThat(mapper.writeValueAsString(new PeoplePage(0, List.of(), List.of())))
                .isEqualTo("{\"total\":0,\"people\":[],\"reports\":[]}");
    }

    @Test
    void reportsDoNotChange() {
        List<UserReport> some = new ArrayList<>(List.of(UserReport.unknown("a")));
        UserReports reports = new UserReports(some);
        PeoplePage page = new PeoplePage(0, List.of(), some);
        some.clear();

        assertThat(reports.reports()).hasSize(1);
        assertThat(page.reports()).hasSize(1);
    }
}
