/**
 * Our own implementation of Engine.IO v4: messages between one client and a {@link
 * dev.watchparty.server.engineio.EngineSession.Listener}, over HTTP long-polling and WebSocket. Imports {@code
 * eventloop} and {@code logging}; imported by {@code socketio}, {@code limits}, {@code identity}, {@code handlers},
 * {@code http}, {@code config} and the main class.
 *
 * <p>Start reading at {@link dev.watchparty.server.engineio.EngineServer}, and follow a message in: {@code
 * ServerPipeline}, {@code EngineHandler} or {@code WebSocketHandler}, {@code EngineInput}, {@code EngineSession}; and
 * out: {@code EngineSession} or {@code FanOut}, {@code Deliveries} or {@code Outbox}, {@code EngineTransport}.
 *
 * <p>Where to look:
 *
 * <ul>
 *   <li>the server and its settings: {@code EngineServer}, {@code EventLoops}, {@code TransportConfig}
 *   <li>connections, before anything is known about a client: {@code ConnectionGate}, {@code ClientAddresses}, {@code
 *       ServerPipeline}, {@code HttpGuard}, {@code UnfinishedInput}, {@code AcceptFailures}
 *   <li>requests: {@code EngineHandler}, {@code HttpExchange}, {@code HostCheck}, {@code Cors}, {@code
 *       WebSocketUpgrade}, {@code WebSocketHandler}
 *   <li>sessions: {@code EngineSession}, {@code EngineSessions}, {@code EngineInput}, {@code EnginePacket}, {@code
 *       PingTimer}, {@code PollingTransport}, {@code WebSocketTransport}
 *   <li>one message to many clients: {@code FanOut}, {@code Deliveries}, {@code OutboundMessage}
 *   <li>limits and memory: {@code ConnectionLimiter}, {@code ByteBudget}, {@code QueuedOutput}, {@code OutputMemory}
 * </ul>
 *
 * <p>The protocol is documented in the repository {@code socketio/socket.io} under {@code docs/engine.io-protocol};
 * comments name its sections.
 */
package dev.watchparty.server.engineio;
