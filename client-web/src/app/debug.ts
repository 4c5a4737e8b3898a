import type { PlayerState } from '../sync/player';
import type { Session } from '../sync/session';

/** `window.watchparty`: the state of the player, for tests and for support. It is read-only. */
export interface WatchPartyDebug {
  /** The player's position, s; null without a player. */
  position(): number | null;
  /** The player's state; `none` without a player. */
  state(): PlayerState | 'none';
  /** Player minus room, ms: negative while the player is behind; null while there is nothing to compare. */
  delta(): number | null;
  /** The latency from the server, ms: half the shortest recent round trip; 0 before one was measured. */
  latency(): number;
}

declare global {
  interface Window {
    readonly watchparty?: WatchPartyDebug;
  }
}

/** @param session returns the session of the page's current room, if there is one */
export function exposeDebug(session: () => Session | undefined): void {
  const debug: WatchPartyDebug = Object.freeze({
    position: () => session()?.playback.positionS() ?? null,
    state: () => session()?.playback.playerState() ?? 'none',
    delta: () => session()?.playback.deltaMs() ?? null,
    latency: () => session()?.latencyMs() ?? 0,
  });
  Object.defineProperty(window, 'watchparty', { value: debug });
}
