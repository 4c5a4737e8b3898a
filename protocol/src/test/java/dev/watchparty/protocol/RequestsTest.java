package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how the readers of untrusted payloads treat them. */
class RequestsTest {
    private final ObjectMapper mapper = WireJson.newMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"time":0}               | 0
            {"time":86400}           | 86400
            {"time":3.5,"extra":[1]} | 3.5
            """)
    void timeIsRead(String payload, double time) throws Exception {
        assertThat(PlaybackRequest.read(json(payload)).time()).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"time\":null}",
                "{\"time\":\"5\"}",
                "{\"time\":-0.001}",
                "{\"time\":86400.001}",
                "{\"time\":1e999}",
                "{\"time\":true}",
                "{\"time\":[1]}",
                "{\"time\":{}}",
            })
    void timeThatIsNotAPositionCountsAsMissing(String payload) throws Exception {
        assertThat(PlaybackRequest.read(json(payload)).time()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "\"x\"", "[]", "true"})
    void payloadThatIsNotAnObjectIsRefusedWithoutRepeatingIt(String payload) {
        assertThatThrownBy(() -> PlaybackRequest.read(json(payload)))
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageContaining("(expected: an object)");
        assertThatThrownBy(() -> JoinRequest.read(json(payload))).isInstanceOf(InvalidPayloadException.class);
        assertThatThrownBy(() -> ChangeVideoRequest.read(json(payload))).isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void missingPayloadIsRefused() {
        assertThatThrownBy(() -> PlaybackRequest.read(null)).hasMessage("payload: missing (expected: an object)");
    }

    @Test
    void nameIsOptionalAndVideoIsNot() throws Exception {
        assertThat(JoinRequest.read(json("{}")).username()).isEmpty();
        assertThat(JoinRequest.read(json("{\"username\":5}")).username()).isEmpty();
        assertThat(JoinRequest.read(json("{\"username\":\"Al\"}")).username()).isEqualTo("Al");
        assertThatThrownBy(() -> ChangeVideoRequest.read(json("{\"videoId\":5}")))
                .hasMessage("videoId: number (expected: a YouTube video's id or link)");
    }

    @Test
    void textThatIsMissingIsEmptyAndNullIsWhatItsRequestSays() throws Exception {
        assertThat(CreateRoomRequest.read(json("{\"title\":null,\"password\":null}")))
                .isEqualTo(new CreateRoomRequest(Optional.empty(), Optional.empty(), Optional.empty()));
        RoomUpdateRequest update = RoomUpdateRequest.read(json("{\"title\":\"\",\"password\":null}"));
        assertThat(update.title()).contains("");
        assertThat(update.password()).contains("");
        assertThat(RoomUpdateRequest.read(json("{\"locked\":true}")).password()).isEmpty();
        assertThat(PeopleRequest.read(json("{}"))).isEqualTo(new PeopleRequest(0, ""));
    }

    @Test
    void textOfAnotherTypeOrLengthIsRefusedWithoutRepeatingIt() throws Exception {
        assertRefused(() -> RoomUpdateRequest.read(json("{\"title\":null}")), "title: null (expected: a text)");
        assertRefused(
                () -> RoomUpdateRequest.read(with("title", 1001)), "title: 1001 characters (expected: 0 .. 1000)");
        assertRefused(() -> RoomUpdateRequest.read(with("password", 0)), "password: 0 characters (expected: 1 .. 128)");
        assertRefused(
                () -> RoomUpdateRequest.read(with("password", 129)), "password: 129 characters (expected: 1 .. 128)");
        assertRefused(
                () -> CreateRoomRequest.read(with("title", 1001)), "title: 1001 characters (expected: 0 .. 1000)");
        assertRefused(() -> PeopleRequest.read(with("search", 101)), "search: 101 characters (expected: 0 .. 100)");
        assertRefused(() -> PeopleRequest.read(json("{\"search\":[]}")), "search: array (expected: a text)");
        assertThat(RoomUpdateRequest.read(with("password", 128)).password()).isPresent();
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(InvalidPayloadException.class).hasMessage(message);
    }

    private JsonNode with(String field, int length) {
        return mapper.createObjectNode().put(field, "x".repeat(length));
    }

    private JsonNode json(String text) throws JsonProcessingException {
        return mapper.readTree(text);
    }
}
