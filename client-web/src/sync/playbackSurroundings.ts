import type { Clock } from './clock';
import type { Command } from './command';

/** The page and the session, as far as the playback depends on them. */
export interface PlaybackSurroundings {
  readonly clock: Clock;
  /** The way from the server, ms. */
  readonly latencyMs: () => number;
  /** Sends to the room; false when there is no connection to send on. */
  readonly send: (command: Command) => boolean;
  readonly isConnected: () => boolean;
  /** Whether the room obeys this person. */
  readonly maySteer: () => boolean;
  /** The person wanted to steer, and may not. */
  readonly denied: () => void;
  /** Whether the page is in a hidden tab: its timers are coarse, and the browser may pause its player. */
  readonly isHidden: () => boolean;
}
