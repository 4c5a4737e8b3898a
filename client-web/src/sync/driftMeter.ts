import { DELTA_SHOWN_MS, SETTLE_MS } from '../constants';
import { median } from './median';
import type { PlayerCondition } from './playerCondition';

interface Sample {
  readonly atMs: number;
  readonly deltaMs: number;
}

/**
 * Measures how far a player is from the room: the median of the last second, from the moment on at which the player has
 * settled. In a hidden tab, whose timers are slow, a single observation has to do.
 */
export class DriftMeter {
  private player: PlayerCondition['player'] | undefined;
  private sinceMs = 0;
  private samples: Sample[] = [];

  /** Whole ms, positive while the player is ahead; undefined while it is not known. */
  get driftMs(): number | undefined {
    return this.samples.length === 0
      ? undefined
      : Math.round(median(this.samples.map(({ deltaMs }) => deltaMs)));
  }

  observe({ player, deltaMs, isJumping }: PlayerCondition, nowMs: number): void {
    if (player !== this.player || deltaMs === null) {
      this.player = player;
      this.sinceMs = nowMs;
      this.samples = [];
    }
    if (deltaMs === null || isJumping || nowMs - this.sinceMs < SETTLE_MS) return;
    this.samples = [
      ...this.samples.filter(({ atMs }) => nowMs - atMs < DELTA_SHOWN_MS),
      { atMs: nowMs, deltaMs },
    ];
  }
}
