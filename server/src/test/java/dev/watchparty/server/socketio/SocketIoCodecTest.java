package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.engineio.MalformedPacketException;
import dev.watchparty.server.engineio.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketIoCodecTest {
    private final ObjectMapper mapper = WireJson.newMapper();
    private final SocketIoCodec codec = new SocketIoCodec(mapper, 10);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            0                        | CONNECT    | /      | -   | -
            0{"token":"t"}           | CONNECT    | /      | -   | {"token":"t"}
            0/admin,                 | CONNECT    | /admin | -   | -
            0/admin                  | CONNECT    | /admin | -   | -
            0/a?b=c,{}               | CONNECT    | /a?b=c | -   | {}
            1                        | DISCONNECT | /      | -   | -
            1/admin,                 | DISCONNECT | /admin | -   | -
            2["e"]                   | EVENT      | /      | -   | ["e"]
            2[1,null]                | EVENT      | /      | -   | [1,null]
            2/admin,12["e",{"a":1}]  | EVENT      | /admin | 12  | ["e",{"a":1}]
            2999999999999999["e"]    | EVENT      | /      | 999999999999999 | ["e"]
            30[]                     | ACK        | /      | 0   | []
            3/admin,7[1,"x"]         | ACK        | /admin | 7   | [1,"x"]
            """)
    void readsPackets(String message, SocketIoPacket.Type type, String namespace, Long ackId, String data)
            throws Exception {
        SocketIoPacket packet = codec.decode(message);

        assertThat(packet)
                .isEqualTo(new SocketIoPacket(type, namespace, ackId, data == null ? null : mapper.readTree(data), 0));
    }

    @Test
    void readsTheNumberOfAttachments() throws Exception {
        SocketIoPacket packet = codec.decode("52-/admin,3[\"e\",{\"_placeholder\":true,\"num\":0}]");

        assertThat(packet.type()).isEqualTo(SocketIoPacket.Type.BINARY_EVENT);
        assertThat(packet.attachments()).isEqualTo(2);
        assertThat(packet.namespace()).isEqualTo("/admin");
        assertThat(packet.ackId()).isEqualTo(3);
    }

    static List<String> malformed() {
        List<String> malformed = new ArrayList<>(List.of(
                "2[\"e\",1e" + "9".repeat(1000) + "]", "2[\"e\"," + "9".repeat(100_000) + "]", "2".repeat(100_000)));
        malformed.add("2[\"e\"," + "[".repeat(100_000));
        malformed.add("2[\"e\"," + "[".repeat(1000) + "]".repeat(1001));
        return malformed;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    @ValueSource(
            strings = {
                "",
                "a",
                "7",
                "-1",
                "2",
                "2{}",
                "2[]",
                "2[{}]",
                "2[null]",
                "2\"e\"",
                "2[\"e\"",
                "2[\"e\"] ]",
                "2[\"e\"]x",
                "2[NaN]",
                "2abc[\"e\"]",
                "2-1[\"e\"]",
                "29999999999999999[\"e\"]",
                "2[\"connect\"]",
                "2[\"disconnect\"]",
                "2[\"newListener\"]",
                "0[]",
                "0\"token\"",
                "0 ",
                "1{}",
                "1 ",
                "3[]",
                "31{}",
                "31",
                "4{\"message\":\"from a client\"}",
                "5[\"e\"]",
                "5-[\"e\"]",
                "50-[\"e\"]",
                "511-[\"e\"]",
                "5-1-[\"e\"]",
                "59999999999-[\"e\"]",
                "5x-[\"e\"]",
            })
    void refusesPacketsThatTheProtocolForbids(String message) {
        assertThatThrownBy(() -> codec.decode(message)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void writesPacketsAsTheReferenceDoes() {
        assertThat(encode(SocketIoPacket.Type.CONNECT, "/", null, Map.of("sid", "s")))
                .isEqualTo("40{\"sid\":\"s\"}");
        assertThat(encode(SocketIoPacket.Type.DISCONNECT, "/", null, null)).isEqualTo("41");
        assertThat(encode(SocketIoPacket.Type.DISCONNECT, "/admin", null, null)).isEqualTo("41/admin,");
        assertThat(encode(SocketIoPacket.Type.EVENT, "/", null, List.of("e", 1, "é")))
                .isEqualTo("42[\"e\",1,\"é\"]");
        assertThat(encode(SocketIoPacket.Type.EVENT, "/admin", 12L, List.of("e")))
                .isEqualTo("42/admin,12[\"e\"]");
        assertThat(encode(SocketIoPacket.Type.ACK, "/", 0L, List.of())).isEqualTo("430[]");
        assertThat(encode(SocketIoPacket.Type.CONNECT_ERROR, "/admin", null, Map.of("message", "no")))
                .isEqualTo("44/admin,{\"message\":\"no\"}");
    }

    @Test
    void keepsNulls() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("a", null);

        assertThat(encode(SocketIoPacket.Type.EVENT, "/", null, Arrays.asList("e", null, payload)))
                .isEqualTo("42[\"e\",null,{\"a\":null}]");
    }

    @Test
    void movesBytesToAttachments() {
        Object payload = Map.of("file", new byte[] {1, 2, 3});

        assertThat(encode(SocketIoPacket.Type.EVENT, "/", null, List.of("e", payload, new byte[] {4})))
                .isEqualTo("452-[\"e\",{\"file\":{\"_placeholder\":true,\"num\":0}},{\"_placeholder\":true,\"num\":1}]"
                        + "\u001ebAQID\u001ebBA==");
        assertThat(encode(SocketIoPacket.Type.ACK, "/", 7L, List.of(new byte[0])))
                .isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]\u001eb");
    }

    @Test
    void refusesValuesThatCannotBeWritten() {
        assertThatThrownBy(() -> codec.encode(SocketIoPacket.Type.EVENT, "/", null, List.of("e", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data cannot be written as JSON");
    }

    /** Encodes a packet as a polling payload. */
    private String encode(SocketIoPacket.Type type, String namespace, Long ackId, Object data) {
        OutboundMessage message = codec.encode(type, namespace, ackId, data).toMessage();
        ByteBuf payload = Unpooled.buffer();
        message.appendTo(payload);
        message.release();
        return payload.toString(StandardCharsets.UTF_8);
    }
}
