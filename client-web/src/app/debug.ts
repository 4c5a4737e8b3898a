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

/** @param session gives the session of the room that the page is in, if it is in one */
export function exposeDebug(session: () => Session | undefined): void {
  const debug: WatchPartyDebug = Object.freeze({
    position: () => session()?.playback.positionS() ?? null,
    state: () => session()?.playback.playerState() ?? 'none',
    delta: () => session()?.playback.deltaMs() ?? null,
    latency: () => session()?.latencyMs() ?? 0,
  });
  Object.defineProperty(window, 'watchparty', { value: debug });
}
