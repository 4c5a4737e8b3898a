/**
 * Socket.IO over HTTP and WebSocket: Engine.IO v4 and Socket.IO v5 of our own under the namespaces, listeners,
 * acknowledgements and rooms of netty-socketio. Imported by {@code broadcast}, {@code handlers}, {@code limits}, {@code
 * config} and the main class; imports none of them.
 *
 * <p>Start reading at {@link dev.watchparty.server.socketio.SocketIoServer}, and follow a message in: {@code
 * ServerPipeline}, {@code EngineHandler} or {@code WebSocketHandler}, {@code EngineInput}, {@code SocketIoConnection};
 * and out: {@code NamespaceSocket} or {@code NamespaceBroadcasts}, {@code EngineSession}, {@code Deliveries} or {@code
 * Outbox}, {@code EngineTransport}.
 *
 * <p>Where to look:
 *
 * <ul>
 *   <li>the server and its settings: {@code SocketIoServer}, {@code EngineServer}, {@code EventLoops}, {@code
 *       TransportConfig}
 *   <li>connections, before anything is known of a client: {@code ConnectionGate}, {@code ClientAddresses}, {@code
 *       ServerPipeline}, {@code HttpGuard}, {@code UnfinishedInput}, {@code AcceptFailures}
 *   <li>requests: {@code EngineHandler}, {@code HttpExchange}, {@code Cors}, {@code WebSocketUpgrade}, {@code
 *       WebSocketHandler}
 *   <li>sessions, Engine.IO: {@code EngineSession}, {@code EngineInput}, {@code EnginePacket}, {@code PingTimer}, {@code
 *       PollingTransport}, {@code WebSocketTransport}
 *   <li>threads, order and time: {@code Mailbox}, {@code Deliveries}, {@code Outbox}, {@code SessionTimer}, {@code
 *       TimerWheel}
 *   <li>sockets, Socket.IO: {@code SocketIoConnection}, {@code NamespaceConnector}, {@code NamespaceSocket}, {@code
 *       SocketIdentities}, {@code PendingAcks}
 *   <li>packets: {@code SocketIoPacket}, {@code SocketIoCodec}, {@code MsgpackCodec}, {@code PacketAssembler}, {@code
 *       OutboundMessage}
 *   <li>one event to many: {@code Broadcasts}, {@code Audience}, {@code EncodedEvent}
 *   <li>limits: {@code ConnectionLimiter}, {@code EarlyEvents}, {@code EngineSessions}, {@code ByteBudget}
 *   <li>memory: {@code QueuedOutput}, {@code OutputMemory}, {@code OutOfMemory}
 * </ul>
 *
 * <p>The protocols are written down in the repository {@code socketio/socket.io} under {@code docs/engine.io-protocol}
 * and {@code docs/socket.io-protocol}; comments name their sections.
 */
package dev.watchparty.server.socketio;
