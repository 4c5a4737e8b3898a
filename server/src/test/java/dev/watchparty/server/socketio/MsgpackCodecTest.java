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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with bytes that the JavaScript parser writes. */
final class MsgpackCodecTest {
    private final ObjectMapper mapper = WireJson.newMapper();
    private final MsgpackCodec codec = new MsgpackCodec(mapper);

    @Test
    void readsTheOutputOfTheJavaScriptParser() throws Exception {
        // {type: 2, data: ["e", 1, 1.5, null, {a: [true]}, Buffer.from([1, 2])], nsp: "/admin", id: 7}
        SocketIoPacket packet = decode("84a474797065 02 a464617461 96a16501cb3ff8000000000000c081a16191c3c4020102"
                + "a36e7370 a62f61646d696e a26964 07");

        assertThat(packet.type()).isEqualTo(SocketIoPacket.Type.EVENT);
        assertThat(packet.namespace()).isEqualTo("/admin");
        assertThat(packet.ackId()).isEqualTo(7);
        assertThat(packet.data().at("/0").textValue()).isEqualTo("e");
        assertThat(packet.data().at("/1").intValue()).isEqualTo(1);
        assertThat(packet.data().at("/2").doubleValue()).isEqualTo(1.5);
        assertThat(packet.data().at("/3").isNull()).isTrue();
        assertThat(packet.data().at("/4/a/0").booleanValue()).isTrue();
        assertThat(packet.data().at("/5").binaryValue()).containsExactly(1, 2);
    }

    @Test
    void readsUndefinedAsNothing() throws Exception {
        // {type: 0, data: undefined, nsp: "/"}
        SocketIoPacket packet = decode("83a474797065 00 a464617461 d40000 a36e7370 a12f");

        assertThat(packet).isEqualTo(new SocketIoPacket(SocketIoPacket.Type.CONNECT, "/", null, null, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "82a47479706502a36e7370a12f",
                "83a47479706502a36e7370a12fa4646174619101ff",
                "83a47479706505a36e7370a12fa46461746191a165",
                "83a47479706509a36e7370a12fa46461746191a165",
                "83a47479706502a36e737001a46461746191a165",
                "84a47479706502a36e7370a12fa46461746191a165a26964a131",
                "83a47479706502a36e7370a12fa46461746191a7636f6e6e656374",
                "83a47479706502a36e7370a12fa464617461dd7fffffff",
                "83a47479706502a36e7370a12fa464617461df7fffffff",
                "83a47479706502a36e7370a12fa464617461c67fffffff",
                "83a47479706502a36e7370a12fa464617461db7fffffff",
                "83a47479706502a36e7370a12fa46461746191a165c0",
                "83a47479706502a36e7370a12fa46461746181c0c0",
                "8301a165a36e7370a12fa46461746191a165",
            })
    void refusesInvalidPackets(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesInputThatIsNestedTooDeep() {
        assertThatThrownBy(() -> decode("83a47479706502a36e7370a12fa464617461" + "91".repeat(100_000) + "c0"))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void readsItsOwnOutput() throws Exception {
        List<Object> data = Arrays.asList(
                "é", 1, -1L, 1.5, 10.0, Double.MAX_VALUE, null, true, Map.of("k", List.of()), new byte[] {7});

        SocketIoPacket packet = codec.decode(encode(SocketIoPacket.Type.EVENT, "/admin", 3L, data));

        assertThat(packet.ackId()).isEqualTo(3);
        assertThat(packet.data().toString())
                .isEqualTo("[\"é\",1,-1,1.5,10,1.7976931348623157E308,null,true,{\"k\":[]},\"Bw==\"]");
        assertThat(packet.data().at("/4").isInt()).isTrue();
    }

    @Test
    void omitsMissingFields() throws Exception {
        assertThat(HexFormat.of().formatHex(encode(SocketIoPacket.Type.DISCONNECT, "/", null, null)))
                .isEqualTo("82a47479706501a36e7370a12f");
    }

    private SocketIoPacket decode(String hex) throws MalformedPacketException {
        return codec.decode(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private byte[] encode(SocketIoPacket.Type type, String namespace, Long ackId, Object data) {
        OutboundMessage message = codec.encode(type, namespace, ackId, data).toMessage();
        ByteBuf payload = Unpooled.buffer();
        message.appendTo(payload);
        message.release();
        return Base64.getDecoder()
                .decode(payload.toString(StandardCharsets.UTF_8).substring(1));
    }
}
