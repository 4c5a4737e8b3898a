/**
 * Socket.IO over HTTP and WebSocket: Engine.IO v4 and Socket.IO v5 of our own under the namespaces, listeners,
 * acknowledgements and rooms of netty-socketio. Imported by {@code broadcast}, {@code handlers}, {@code limits}, {@code
 * config} and the main class; imports none of them.
 *
 * <p>Start reading at {@link dev.watchparty.server.socketio.SocketIoServer}, and follow a message in: {@code
 * ServerPipeline}, {@code EngineHandler} or {@code WebSocketHandler}, {@code EngineInput}, {@code SocketIoConnection};
 * and out: {@code NamespaceSocket} or {@code NamespaceBroadcasts}, {@code EngineSession}, {@code Outbox}, {@code
 * EngineTransport}.
 *
 * <p>The protocols are written down in the repository {@code socketio/socket.io} under {@code docs/engine.io-protocol}
 * and {@code docs/socket.io-protocol}; comments name their sections.
 */
package dev.watchparty.server.socketio;
