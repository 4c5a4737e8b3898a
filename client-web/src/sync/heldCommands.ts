import { SEEK_DEBOUNCE_MS, START_PATIENCE_MS } from '../constants';
import type { Clock } from './clock';

type HeldKind = 'play' | 'seek';

/** Commands that the player obeys already, and that are sent once it has come under way. */
export class HeldCommands {
  private readonly clock: Clock;
  private kinds: readonly HeldKind[] = [];
  private sinceMs = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get isEmpty(): boolean {
    return this.kinds.length === 0;
  }

  has(kind: HeldKind): boolean {
    return this.kinds.includes(kind);
  }

  /** Holds a command with those held before, and the wait starts again for all of them. */
  hold(kind: HeldKind): void {
    this.kinds = [...this.kinds.filter(held => held !== kind), kind];
    this.sinceMs = this.clock.nowMs();
  }

  release(kind: HeldKind): void {
    this.kinds = this.kinds.filter(held => held !== kind);
  }

  forget(): void {
    this.kinds = [];
  }

  /** Whether the person has come to rest, and the player is there or has had its time. */
  isDue(isComingUnderWay: boolean): boolean {
    if (this.isEmpty) return false;
    const heldMs = this.clock.nowMs() - this.sinceMs;
    if (this.has('seek') && heldMs < SEEK_DEBOUNCE_MS) return false;
    return !isComingUnderWay || heldMs >= START_PATIENCE_MS;
  }
}
