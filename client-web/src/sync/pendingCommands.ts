import { COMMAND_TIMEOUT_MS } from '../constants';
import type { Clock } from './clock';
import type { CommandKind } from './command';
import { RoomTimeline } from './roomTimeline';

/**
 * What a person has asked for and the room has not answered yet. Until it has, the page holds on to where the wish
 * will have taken the room: what the room tells in the meantime, it told before it had heard the wish.
 */
export class PendingCommands {
  private readonly clock: Clock;
  private timeline: RoomTimeline | undefined;
  private madeAtMs = 0;
  private unanswered: CommandKind[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Where the room will have been taken; undefined when nothing is open. */
  get target(): RoomTimeline | undefined {
    return this.timeline;
  }

  get awaitsAnswer(): boolean {
    return this.unanswered.length > 0;
  }

  /** Whether the room has taken longer than any way can. */
  get isOverdue(): boolean {
    return this.timeline !== undefined && this.clock.nowMs() - this.madeAtMs > COMMAND_TIMEOUT_MS;
  }

  /** `latencyMs`: the way from the server, which a wish of our own has not taken. */
  make(videoId: string, playing: boolean, positionS: number, latencyMs: number): void {
    this.madeAtMs = this.clock.nowMs();
    const sentAtS = playing ? positionS - latencyMs / 1000 : positionS;
    this.timeline = new RoomTimeline({ videoId, playing, positionS: sentAtS }, this.madeAtMs);
  }

  sent(kind: CommandKind): void {
    this.unanswered.push(kind);
  }

  /** Takes a change for the answer to a command of that kind; false if none is open. */
  answer(kind: CommandKind): boolean {
    const index = this.unanswered.indexOf(kind);
    if (index < 0) return false;
    this.unanswered.splice(index, 1);
    return true;
  }

  forget(): void {
    this.timeline = undefined;
    this.unanswered = [];
  }
}
