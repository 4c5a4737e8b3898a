import {
  MAX_REPORTED_DRIFT_MS,
  REPORT_DRIFT_GAP_MS,
  REPORT_DRIFT_MS,
  REPORT_DRIFT_PATIENCE_MS,
  REPORT_FINE_DRIFT_AFTER_MS,
  REPORT_FINE_DRIFT_MS,
  REPORT_GAP_MS,
  REPORT_SETTLE_MS,
  TICK_MS,
} from '../constants';
import type { PlayerReport } from '../protocol/messages';
import type { Cancel, Clock } from './clock';
import { DriftMeter } from './driftMeter';
import type { PlayerCondition } from './playerCondition';
import { Store } from './store';

interface Surroundings {
  readonly clock: Clock;
  readonly condition: () => PlayerCondition;
  readonly isHidden: () => boolean;
  readonly send: (report: PlayerReport) => void;
}

/**
 * Tells the room how this page's player is: what has changed, soon, and the drift only if it is worth showing.
 *
 * Everything is decided by the time of an observation, and nothing waits for a timer of its own: in a hidden tab timers
 * are slow, and any event that wakes the page will do.
 */
export class PlayerReporter {
  /** What the others know, or are about to. It changes without a connection too. */
  readonly told = new Store<PlayerReport>({ player: 'none', hidden: false });

  private readonly around: Surroundings;
  private readonly meter = new DriftMeter();
  private readonly stopObserving: Cancel;
  private isInRoom = false;
  /** Whether the room knows nothing of this page. */
  private isOwed = false;
  private toldAtMs = Number.NEGATIVE_INFINITY;
  /** Since when there is something to tell, apart from the drift. */
  private changedSinceMs: number | undefined;

  constructor(around: Surroundings) {
    this.around = around;
    this.stopObserving = around.clock.every(TICK_MS, () => this.observe());
  }

  close(): void {
    this.stopObserving();
  }

  /** The room has taken this page in, and knows nothing of its player. */
  joined(): void {
    this.isInRoom = true;
    this.isOwed = true;
  }

  connectionLost(): void {
    this.isInRoom = false;
  }

  /** The server has dropped a report, because it came too fast. */
  dropped(): void {
    this.isOwed = true;
    this.toldAtMs = this.around.clock.nowMs() + REPORT_DRIFT_GAP_MS - REPORT_GAP_MS;
  }

  /** To be called often. */
  observe(): void {
    const nowMs = this.around.clock.nowMs();
    const condition = this.around.condition();
    this.meter.observe(condition, nowMs);
    const { driftMs } = this.meter;
    const seen: PlayerReport = {
      player: condition.player,
      ...(driftMs === undefined ? {} : { driftMs: bounded(driftMs) }),
      hidden: this.around.isHidden(),
    };
    const isMeasuring = condition.deltaMs !== null && driftMs === undefined;
    if (this.isChangeDue(seen, isMeasuring, nowMs)) this.tell(seen, nowMs);
    else if (!isMeasuring && this.isDriftDue(seen, nowMs)) this.tell(seen, nowMs);
  }

  private isChangeDue({ player, hidden }: PlayerReport, isMeasuring: boolean, nowMs: number): boolean {
    const told = this.told.get();
    const isChanged = player !== told.player || hidden !== told.hidden;
    const isUntold = this.isInRoom && this.isOwed;
    this.changedSinceMs = isChanged || isUntold ? (this.changedSinceMs ?? nowMs) : undefined;
    if (this.changedSinceMs === undefined) return false;
    const patienceMs = isMeasuring ? REPORT_DRIFT_PATIENCE_MS : REPORT_SETTLE_MS;
    return nowMs - this.changedSinceMs >= patienceMs && nowMs - this.toldAtMs >= REPORT_GAP_MS;
  }

  private isDriftDue({ driftMs }: PlayerReport, nowMs: number): boolean {
    const told = this.told.get();
    if (this.changedSinceMs !== undefined || driftMs === told.driftMs) return false;
    const sinceToldMs = nowMs - this.toldAtMs;
    if (driftMs === undefined || told.driftMs === undefined) return sinceToldMs >= REPORT_GAP_MS;
    const changeMs = Math.abs(driftMs - told.driftMs);
    return (
      (changeMs >= REPORT_DRIFT_MS && sinceToldMs >= REPORT_DRIFT_GAP_MS) ||
      (changeMs >= REPORT_FINE_DRIFT_MS && sinceToldMs >= REPORT_FINE_DRIFT_AFTER_MS)
    );
  }

  private tell(report: PlayerReport, nowMs: number): void {
    this.toldAtMs = nowMs;
    this.changedSinceMs = undefined;
    this.told.set(report);
    if (!this.isInRoom) return;
    this.isOwed = false;
    this.around.send(report);
  }
}

function bounded(driftMs: number): number {
  return Math.min(Math.max(driftMs, -MAX_REPORTED_DRIFT_MS), MAX_REPORTED_DRIFT_MS);
}
