import { MAX_START_LATENCY_S, START_LATENCY_WEIGHT } from '../constants';

/**
 * The time that a start or a jump of this player loses until it plays on, s: an exponentially weighted mean of the
 * observed times. A jump aims this far ahead of the room, to land in step with it.
 */
export class LostTime {
  private readonly guessS: number;
  private meanS: number | undefined;

  constructor(guessS: number) {
    this.guessS = guessS;
  }

  get expectedS(): number {
    return this.meanS ?? this.guessS;
  }

  observe(lostS: number): void {
    const boundedS = Math.min(Math.max(lostS, 0), MAX_START_LATENCY_S);
    this.meanS =
      this.meanS === undefined ? boundedS : this.meanS + START_LATENCY_WEIGHT * (boundedS - this.meanS);
  }
}
