/** Stops the task that it was returned for. A second call does nothing. */
export type Cancel = () => void;

/** Time for the sync engine. Injected, so that tests turn it by hand. */
export interface Clock {
  /** A monotonic time, ms; its zero means nothing. */
  nowMs(): number;
  after(delayMs: number, action: () => void): Cancel;
  every(periodMs: number, action: () => void): Cancel;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, action) {
    const timer = setInterval(action, periodMs);
    return () => clearInterval(timer);
  },
};
