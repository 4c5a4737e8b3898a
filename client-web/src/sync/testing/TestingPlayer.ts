import type { PlayerPort, PlayerState } from '../player';
import type { TestingClock } from './TestingClock';

interface Options {
  readonly clock: TestingClock;
  /** How long the next operation takes to show, ms; asked once for each. */
  readonly delayMs?: () => number;
  readonly durationS?: number;
  readonly rates?: readonly number[];
  /** Whether the browser refuses to start it. */
  readonly blocked?: boolean;
}

/** A player like YouTube's: commands take effect later, and starts and jumps pass through buffering. */
export class TestingPlayer implements PlayerPort {
  readonly calls: string[] = [];
  onChange: () => void = () => undefined;
  blocked: boolean;
  /** The length that the player reports, s. */
  shownDurationS: number;
  /** Whether it says that it shows a live stream. */
  live = false;
  /** Added to the position that the player reports, s. */
  readingErrorS = 0;

  private readonly clock: TestingClock;
  private readonly delayMs: () => number;
  private readonly offeredRates: readonly number[];
  private current: PlayerState = 'cued';
  private atS = 0;
  private sinceMs: number;
  private rate = 1;
  private generation = 0;

  constructor({
    clock,
    delayMs = () => 100,
    durationS = 600,
    rates = [0.75, 1, 1.25],
    blocked = false,
  }: Options) {
    this.clock = clock;
    this.delayMs = delayMs;
    this.shownDurationS = durationS;
    this.offeredRates = rates;
    this.blocked = blocked;
    this.sinceMs = clock.nowMs();
  }

  load(videoId: string, startS: number): void {
    this.calls.push(`load ${videoId} ${startS.toFixed(1)}`);
    this.become('unstarted', startS);
    if (!this.blocked) this.start();
  }

  cue(videoId: string, startS: number): void {
    this.calls.push(`cue ${videoId} ${startS.toFixed(1)}`);
    this.become('unstarted', startS);
    this.later(() => this.become('cued'));
  }

  play(): void {
    this.calls.push('play');
    if (this.blocked) return;
    // It may have to take back a pause that has not taken effect.
    if (this.current === 'paused' || this.current === 'playing') this.later(() => this.become('playing'));
    else this.start();
  }

  pause(): void {
    this.calls.push('pause');
    if (this.current === 'playing' || this.current === 'buffering') this.later(() => this.become('paused'));
  }

  seekTo(positionS: number): void {
    this.calls.push(`seek ${positionS.toFixed(1)}`);
    this.jumpTo(positionS, this.current === 'paused' ? 'paused' : 'playing');
  }

  setRate(rate: number): void {
    this.calls.push(`rate ${rate}`);
    this.become(this.current);
    this.rate = rate;
  }

  state(): PlayerState {
    if (this.current === 'playing' && this.positionS() >= this.shownDurationS) this.become('ended');
    return this.current;
  }

  positionS(): number {
    const elapsedS = (this.clock.nowMs() - this.sinceMs) / 1000;
    const playedS = this.current === 'playing' ? elapsedS * this.rate : 0;
    return Math.min(this.atS + playedS + this.readingErrorS, this.shownDurationS);
  }

  durationS(): number {
    return this.shownDurationS;
  }

  saysLive(): boolean {
    return this.live;
  }

  rates(): readonly number[] {
    return this.offeredRates;
  }

  // Events in the player itself.

  personPauses(): void {
    this.become('paused');
  }

  personPlays(): void {
    this.become('playing');
  }

  /** Holds the scrubber for a while and lets it go there. */
  personDrags(toS: number, heldMs = 200): void {
    this.become('paused');
    this.clock.after(heldMs, () => this.jumpTo(toS, 'playing'));
  }

  /** Clicks into the line of time. */
  personClicks(toS: number): void {
    this.jumpTo(toS, this.current);
  }

  stalls(durationMs: number): void {
    this.become('buffering');
    this.clock.after(durationMs, () => this.become('playing'));
  }

  private start(): void {
    this.later(() => {
      this.become('buffering');
      this.later(() => this.become('playing'));
    });
  }

  private jumpTo(positionS: number, then: PlayerState): void {
    this.become('buffering', positionS);
    this.later(() => this.become(then));
  }

  private later(action: () => void): void {
    const generation = ++this.generation;
    this.clock.after(this.delayMs(), () => {
      if (generation === this.generation) action();
    });
  }

  private become(state: PlayerState, atS = this.positionS() - this.readingErrorS): void {
    this.atS = atS;
    this.sinceMs = this.clock.nowMs();
    if (state === this.current) return;
    this.current = state;
    this.onChange();
  }
}
