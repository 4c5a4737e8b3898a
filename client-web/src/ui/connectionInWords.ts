export type Problem = 'unreachable' | 'busy' | 'too-many' | 'refused';

interface Connection {
  readonly connection: 'connecting' | 'online' | 'reconnecting' | 'offline';
  readonly connectionProblem: Problem | undefined;
}

/** The reason why there is no connection, in a sentence; undefined while there is nothing to say. */
export function connectionProblemInWords({ connection, connectionProblem }: Connection): string | undefined {
  if (connection === 'online') return undefined;
  if (connection === 'offline') return 'You are offline.';
  switch (connectionProblem) {
    case 'unreachable':
      return 'We cannot reach the server.';
    case 'busy':
      return 'The server lets nobody in just now.';
    case 'too-many':
      return 'The server gets too many connections from your network.';
    case 'refused':
      return 'The server refused the connection.';
    default:
      return undefined;
  }
}
