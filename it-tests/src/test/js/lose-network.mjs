/** Ends a socket's connection like a lost network: without a packet to the server. The library reconnects by itself. */
export function loseNetwork(socket) {
  const { transport } = socket.io.engine;
  if (transport.ws?.terminate) {
    transport.ws.terminate();
    return;
  }
  // The transport must believe that it is already closed; otherwise it would send a close packet.
  transport.onClose();
}
