package dev.watchparty.server.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchparty.server.engineio.ByteBudget;
import dev.watchparty.server.engineio.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles the packets of one client: Socket.IO v5, "Packet encoding". A packet with binary attachments comes as its
 * text, with placeholders, and then one binary message for each attachment.
 */
final class PacketAssembler {
    static final String PLACEHOLDER = "_placeholder";
    static final String NUMBER = "num";

    private final SocketIoCodec codec;
    private final int maxBytes;
    private final ByteBudget budget;
    private SocketIoPacket incomplete;
    private final List<byte[]> attachments = new ArrayList<>(0);
    private int bytes;

    /**
     * @param maxBytes of all attachments of one packet
     * @param budget for the attachments of all clients whose packets are not complete yet
     */
    PacketAssembler(SocketIoCodec codec, int maxBytes, ByteBudget budget) {
        this.codec = codec;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** Takes a text message; returns null if attachments must follow. */
    SocketIoPacket add(String message) throws MalformedPacketException {
        if (incomplete != null) {
            throw new MalformedPacketException("text message (expected: an attachment)");
        }
        SocketIoPacket packet = codec.decode(message);
        if (packet.attachments() == 0) {
            return packet;
        }
        incomplete = packet;
        return null;
    }

    /** Takes a binary message; returns null if more must follow. */
    SocketIoPacket add(byte[] attachment) throws MalformedPacketException {
        if (incomplete == null) {
            throw new MalformedPacketException("binary message (expected: text)");
        }
        bytes += attachment.length;
        if (!budget.take(attachment.length) || bytes > maxBytes) {
            throw new MalformedPacketException(
                    "attachments: too long (expected: at most %d bytes)".formatted(maxBytes));
        }
        attachments.add(attachment);
        if (attachments.size() < incomplete.attachments()) {
            return null;
        }
        SocketIoPacket packet = incomplete.withData(fill(incomplete.data()));
        if (attachments.stream().anyMatch(left -> left != null)) {
            throw new MalformedPacketException("attachments: more than placeholders");
        }
        clear();
        return packet;
    }

    /** Drops an incomplete packet. Called at the end of the session too. */
    void clear() {
        incomplete = null;
        attachments.clear();
        budget.giveBack(bytes);
        bytes = 0;
    }

    /**
     * Each attachment has one place: with many places, a short message would become a long one. The codec bounds the
     * depth.
     */
    private JsonNode fill(JsonNode node) throws MalformedPacketException {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, fill(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            if (object.path(PLACEHOLDER).booleanValue()) {
                return take(object.path(NUMBER));
            }
            for (var field : object.properties()) {
                field.setValue(fill(field.getValue()));
            }
        }
        return node;
    }

    private BinaryNode take(JsonNode number) throws MalformedPacketException {
        int index = number.isInt() ? number.intValue() : -1;
        if (index < 0 || index >= attachments.size() || attachments.get(index) == null) {
            throw new MalformedPacketException("placeholder: of no attachment, or of a taken one");
        }
        return BinaryNode.valueOf(attachments.set(index, null));
    }
}
