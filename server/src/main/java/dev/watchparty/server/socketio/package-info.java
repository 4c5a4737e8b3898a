/**
 * Our own implementation of Socket.IO v5 on the sessions of {@code engineio}, under the namespaces, listeners, acks and
 * rooms of netty-socketio. Imports {@code engineio}, {@code eventloop} and {@code logging}; imported by {@code
 * broadcast}, {@code handlers}, {@code limits} and the main class.
 *
 * <p>Start reading at {@link dev.watchparty.server.socketio.SocketIoServer}, and follow a packet in: {@code
 * SocketIoClient}, {@code NamespaceSocket}; and out: {@code NamespaceSocket} or {@code NamespaceBroadcasts}.
 *
 * <p>Where to look:
 *
 * <ul>
 *   <li>sockets: {@code SocketIoClient}, {@code NamespaceConnector}, {@code NamespaceSocket}, {@code Admission},
 *       {@code PendingAcks}
 *   <li>what the application may read and do on a socket: {@code SocketHandle}
 *   <li>packets: {@code SocketIoPacket}, {@code SocketIoCodec}, {@code MsgpackCodec}, {@code PacketAssembler}
 *   <li>one event to many sockets: {@code Broadcasts}, {@code Audience}, {@code EncodedEvent}
 *   <li>limits: {@code EventLimiter}
 * </ul>
 *
 * <p>The protocol is documented in the repository {@code socketio/socket.io} under {@code docs/socket.io-protocol};
 * comments name its sections.
 */
package dev.watchparty.server.socketio;
