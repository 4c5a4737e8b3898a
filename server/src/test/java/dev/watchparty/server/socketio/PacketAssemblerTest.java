package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.engineio.ByteBudget;
import dev.watchparty.server.engineio.MalformedPacketException;
import org.junit.jupiter.api.Test;

final class PacketAssemblerTest {
    private final ByteBudget budget = new ByteBudget(150);
    private final PacketAssembler packets =
            new PacketAssembler(new SocketIoCodec(WireJson.newMapper(), 10), 100, budget);

    @Test
    void putsAttachmentsInTheirPlaces() throws Exception {
        assertThat(packets.add(
                        "52-[\"e\",{\"a\":[{\"_placeholder\":true,\"num\":1}]},{\"_placeholder\":true,\"num\":0}]"))
                .isNull();
        assertThat(packets.add(new byte[] {1})).isNull();

        SocketIoPacket packet = packets.add(new byte[] {2});

        assertThat(packet.data().at("/1/a/0").binaryValue()).containsExactly(2);
        assertThat(packet.data().at("/2").binaryValue()).containsExactly(1);
        assertThat(packets.add("2[\"next\"]").data().get(0).textValue()).isEqualTo("next");
    }

    @Test
    void leavesObjectsThatOnlyLookLikePlaceholders() throws Exception {
        packets.add("51-[\"e\",{\"_placeholder\":\"true\",\"num\":0},{\"_placeholder\":true,\"num\":0}]");

        SocketIoPacket packet = packets.add(new byte[] {1});

        assertThat(packet.data().at("/1/_placeholder").textValue()).isEqualTo("true");
    }

    @Test
    void refusesTextAmongAttachments() throws Exception {
        packets.add("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");

        assertThatThrownBy(() -> packets.add("2[\"e\"]")).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesBytesWithoutAPacket() {
        assertThatThrownBy(() -> packets.add(new byte[] {1})).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesPlaceholdersOfNoAttachment() {
        assertRefused("51-[\"e\",{\"_placeholder\":true,\"num\":1}]");
        assertRefused("51-[\"e\",{\"_placeholder\":true,\"num\":-1}]");
        assertRefused("51-[\"e\",{\"_placeholder\":true,\"num\":\"0\"}]");
        assertRefused("51-[\"e\",{\"_placeholder\":true}]");
    }

    @Test
    void refusesAnAttachmentInTwoPlacesOrInNone() {
        assertRefused("51-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
        assertRefused("51-[\"e\"]");
    }

    @Test
    void refusesAttachmentsThatAreTooLongTogether() throws Exception {
        packets.add("52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        packets.add(new byte[60]);

        assertThatThrownBy(() -> packets.add(new byte[60])).isInstanceOf(MalformedPacketException.class);
    }

    private static void assertRefused(String message) {
        PacketAssembler packets =
                new PacketAssembler(new SocketIoCodec(WireJson.newMapper(), 10), 100, new ByteBudget(100));
        assertThatThrownBy(() -> {
                    packets.add(message);
                    packets.add(new byte[] {1});
                })
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void staysWithinTheSharedBudgetAndReturnsDroppedBytes() throws Exception {
        PacketAssembler other = new PacketAssembler(new SocketIoCodec(WireJson.newMapper(), 10), 100, budget);
        packets.add("52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        packets.add(new byte[90]);
        other.add("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");

        assertThatThrownBy(() -> other.add(new byte[90])).isInstanceOf(MalformedPacketException.class);
        other.clear();
        packets.clear();
        assertThat(budget.taken()).isZero();
    }
}
