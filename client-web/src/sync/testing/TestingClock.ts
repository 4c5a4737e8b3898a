import type { Cancel, Clock } from '../clock';

interface Task {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

/** A clock that stands still until it is turned; due tasks run in the order of their times. */
export class TestingClock implements Clock {
  private timeMs = 1000;
  private nextOrder = 0;
  private tasks: Task[] = [];

  nowMs(): number {
    return this.timeMs;
  }

  after(delayMs: number, action: () => void): Cancel {
    const task = { atMs: this.timeMs + delayMs, order: this.nextOrder++, action };
    this.tasks.push(task);
    return () => {
      this.tasks = this.tasks.filter(other => other !== task);
    };
  }

  every(periodMs: number, action: () => void): Cancel {
    let cancel: Cancel = () => undefined;
    const again = () => {
      cancel = this.after(periodMs, () => {
        again();
        action();
      });
    };
    again();
    return () => cancel();
  }

  advance(durationMs: number): void {
    const endMs = this.timeMs + durationMs;
    for (let task = this.nextUntil(endMs); task; task = this.nextUntil(endMs)) {
      this.timeMs = Math.max(this.timeMs, task.atMs);
      task.action();
    }
    this.timeMs = endMs;
  }

  private nextUntil(endMs: number): Task | undefined {
    this.tasks.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    return this.tasks[0] && this.tasks[0].atMs <= endMs ? this.tasks.shift() : undefined;
  }
}
