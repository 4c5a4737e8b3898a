import { COMMAND_TIMEOUT_MS } from '../constants';
import type { Clock } from './clock';
import type { CommandKind } from './command';
import { RoomTimeline } from './roomTimeline';

/**
 * The commands that a person has given and the room has not answered yet. Until the answer, the page keeps to the
 * playback that the command asks for: the room sent everything that arrives meanwhile before it received the command.
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

  /** `latencyMs`: the time from the server to this page, which does not apply to a command of our own. */
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
