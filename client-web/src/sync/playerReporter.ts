import {
  IN_STEP_MS,
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
  /** The report that the others know, or soon will. It changes without a connection too. */
  readonly told = new Store<PlayerReport>({ player: 'none', hidden: false });

  private readonly around: Surroundings;
  private readonly meter = new DriftMeter();
  private readonly stopObserving: Cancel;
  private isInRoom = false;
  /** Whether the room knows nothing of this page. */
  private isOwed = false;
  private toldAtMs = Number.NEGATIVE_INFINITY;
  /** Before this the server takes no report. */
  private quietUntilMs = Number.NEGATIVE_INFINITY;
  /** Since when there is something to tell, apart from the drift. */
  private changedSinceMs: number | undefined;
  /** Since when the drift is unknown or out of step, although there is something to compare: it may be corrected soon. */
  private settlingSinceMs: number | undefined;

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
    this.quietUntilMs = this.around.clock.nowMs() + REPORT_DRIFT_GAP_MS;
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
    const isSettling = condition.deltaMs !== null && !isInStep(driftMs);
    this.settlingSinceMs = isSettling ? (this.settlingSinceMs ?? nowMs) : undefined;
    if (this.isChangeDue(seen, nowMs) || this.isDriftDue(seen, nowMs)) this.tell(seen, nowMs);
  }

  private isChangeDue({ player, hidden }: PlayerReport, nowMs: number): boolean {
    const told = this.told.get();
    const isChanged = player !== told.player || hidden !== told.hidden;
    const isUntold = this.isInRoom && this.isOwed;
    this.changedSinceMs = isChanged || isUntold ? (this.changedSinceMs ?? nowMs) : undefined;
    if (this.changedSinceMs === undefined || nowMs < this.quietUntilMs) return false;
    const patienceMs = this.settlingSinceMs === undefined ? REPORT_SETTLE_MS : REPORT_DRIFT_PATIENCE_MS;
    return nowMs - this.changedSinceMs >= patienceMs && nowMs - this.toldAtMs >= REPORT_GAP_MS;
  }

  private isDriftDue({ driftMs }: PlayerReport, nowMs: number): boolean {
    const told = this.told.get();
    if (this.changedSinceMs !== undefined || driftMs === told.driftMs) return false;
    const settlingMs = this.settlingSinceMs === undefined ? undefined : nowMs - this.settlingSinceMs;
    if (settlingMs !== undefined && driftMs === undefined) return false;
    const sinceToldMs = nowMs - this.toldAtMs;
    if (isInStep(driftMs) !== isInStep(told.driftMs)) {
      return (
        sinceToldMs >= REPORT_GAP_MS && (settlingMs ?? REPORT_DRIFT_PATIENCE_MS) >= REPORT_DRIFT_PATIENCE_MS
      );
    }
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

/** An unknown drift is not in step. */
function isInStep(driftMs: number | undefined): boolean {
  return driftMs !== undefined && Math.abs(driftMs) <= IN_STEP_MS;
}
