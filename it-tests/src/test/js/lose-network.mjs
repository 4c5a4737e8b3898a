/** Ends a socket's connection as a lost network does: without a word to the server. The library comes back by itself. */
export function loseNetwork(socket) {
  const { transport } = socket.io.engine;
  if (transport.ws?.terminate) {
    transport.ws.terminate();
    return;
  }
  // The transport must believe that it is closed already, or it would say goodbye.
  transport.onClose();
}
