import type { PlayerState } from '../sync/player';
import type { Session } from '../sync/session';

/** `window.watchparty`: what the player does, for tests and for support. It only reads. */
export interface WatchPartyDebug {
  /** The player's position, s; null without a player. */
  position(): number | null;
  /** The player's state; `none` without a player. */
  state(): PlayerState | 'none';
  /** Player minus room, ms: negative while the player is behind; null while there is nothing to compare. */
  delta(): number | null;
  /** One way from the server, ms: half the shortest recent round trip; 0 before one was measured. */
  latency(): number;
}

declare global {
  interface Window {
    readonly watchparty?: WatchPartyDebug;
  }
}

export function exposeDebug(session: Session): void {
  const debug: WatchPartyDebug = Object.freeze({
    position: () => session.playback.positionS(),
    state: () => session.playback.playerState(),
    delta: () => session.playback.deltaMs(),
    latency: () => session.latencyMs(),
  });
  Object.defineProperty(window, 'watchparty', { value: debug });
}
