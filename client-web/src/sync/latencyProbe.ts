import {
  PING_BURST_COUNT,
  PING_BURST_MS,
  PING_STEADY_MS,
  PING_WARMUP_COUNT,
  PING_WARMUP_MS,
  PONG_LOST_MS,
} from '../constants';
import type { Cancel, Clock } from './clock';
import type { LatencyEstimator } from './latencyEstimator';

/**
 * Measures round trips as long as the connection stands: five in a burst, three more at 10 s, then every 30 s.
 *
 * Pings carry nothing that tells them apart. INVARIANT: at most one is on its way, so a pong always belongs to it.
 */
export class LatencyProbe {
  private readonly clock: Clock;
  private readonly estimator: LatencyEstimator;
  private readonly sendPing: () => void;
  private sentAtMs: number | undefined;
  private sentCount = 0;
  private cancelNext: Cancel | undefined;

  constructor(clock: Clock, estimator: LatencyEstimator, sendPing: () => void) {
    this.clock = clock;
    this.estimator = estimator;
    this.sendPing = sendPing;
  }

  /**
   * Begins with a burst again, on a connection that has just opened.
   *
   * @param askedAtMs when it was asked to open, if this moment's answer makes a round trip
   */
  start(askedAtMs?: number): void {
    const nowMs = this.clock.nowMs();
    this.stop();
    this.estimator.reset();
    if (askedAtMs !== undefined) this.estimator.record(nowMs - askedAtMs, nowMs);
    this.ping();
  }

  stop(): void {
    this.cancelNext?.();
    this.sentAtMs = undefined;
    this.sentCount = 0;
  }

  /** Measures in a burst again, for instance when the page was hidden: measurements of that time may be slow. */
  refresh(): void {
    if (this.sentCount === 0) return;
    this.sentCount = 1;
    if (this.sentAtMs === undefined) this.ping();
  }

  pong(): void {
    if (this.sentAtMs === undefined) return;
    const nowMs = this.clock.nowMs();
    this.estimator.record(nowMs - this.sentAtMs, nowMs);
    this.sentAtMs = undefined;
    this.schedule(this.pauseMs());
  }

  private ping(): void {
    this.sentAtMs = this.clock.nowMs();
    this.sentCount++;
    this.sendPing();
    this.cancelNext?.();
    this.cancelNext = this.clock.after(PONG_LOST_MS, () => this.ping());
  }

  private schedule(delayMs: number): void {
    this.cancelNext?.();
    this.cancelNext = this.clock.after(delayMs, () => this.ping());
  }

  private pauseMs(): number {
    if (this.sentCount < PING_BURST_COUNT) return PING_BURST_MS;
    return this.sentCount < PING_WARMUP_COUNT ? PING_WARMUP_MS : PING_STEADY_MS;
  }
}
