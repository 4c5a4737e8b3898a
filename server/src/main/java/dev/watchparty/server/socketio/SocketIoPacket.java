package dev.watchparty.server.socketio;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A Socket.IO packet as a client sends it: Socket.IO v5, "Packet encoding".
 *
 * @param namespace {@code /} for the default one
 * @param ackId of an event that expects an ack, or of the ack; null if there is none
 * @param data null if there is none
 * @param attachments how many binary messages follow
 */
record SocketIoPacket(Type type, String namespace, Long ackId, JsonNode data, int attachments) {
    /** In the order of their numbers. */
    enum Type {
        CONNECT(0),
        DISCONNECT(1),
        EVENT(2),
        ACK(3),
        CONNECT_ERROR(4),
        BINARY_EVENT(5),
        BINARY_ACK(6);

        private static final Type[] BY_NUMBER = values();

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** Null if there is none. */
        static Type of(int number) {
            return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        }

        boolean isBinary() {
            return this == BINARY_EVENT || this == BINARY_ACK;
        }

        /** The type that replaces this one when there are binary attachments. */
        Type withAttachments() {
            return switch (this) {
                case EVENT -> BINARY_EVENT;
                case ACK -> BINARY_ACK;
                default -> throw new IllegalArgumentException("type: %s (expected: EVENT or ACK)".formatted(this));
            };
        }

        int number() {
            return number;
        }
    }

    /** The same packet in its complete form: its attachments are in its data. */
    SocketIoPacket withData(JsonNode whole) {
        return new SocketIoPacket(type, namespace, ackId, whole, 0);
    }
}
