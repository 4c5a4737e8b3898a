import type { PlainKey } from '../language/message';

export type Problem = 'unreachable' | 'busy' | 'too-many' | 'refused';

interface Connection {
  readonly connection: 'connecting' | 'online' | 'reconnecting' | 'offline';
  readonly connectionProblem: Problem | undefined;
}

/** The reason why there is no connection, in a sentence; undefined while there is nothing to say. */
export function connectionProblemInWords({
  connection,
  connectionProblem,
}: Connection): PlainKey | undefined {
  if (connection === 'online') return undefined;
  if (connection === 'offline') return 'connection.youAreOffline';
  switch (connectionProblem) {
    case 'unreachable':
      return 'connection.unreachable';
    case 'busy':
      return 'connection.busy';
    case 'too-many':
      return 'connection.tooMany';
    case 'refused':
      return 'connection.refused';
    default:
      return undefined;
  }
}
