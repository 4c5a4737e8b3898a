import {
  AUTOPLAY_PATIENCE_MS,
  COOLDOWN_MS,
  DURATION_TOLERANCE_S,
  INITIAL_JUMP_LATENCY_S,
  INITIAL_LOAD_LATENCY_S,
  INITIAL_RESUME_LATENCY_S,
  LIVE_SPAN_MS,
  NUDGE_FASTER_RATE,
  NUDGE_SLOWER_RATE,
  SEEK_ARRIVAL_MS,
  SELF_TOLERANCE_S,
} from '../constants';
import type { Clock } from './clock';
import { LiveSigns } from './liveSigns';
import { LostTime } from './lostTime';
import type { PlayerPort, PlayerState } from './player';

interface Start {
  readonly atMs: number;
  readonly fromS: number;
  readonly lostTime: LostTime;
}

/**
 * Commands the player, and keeps the facts that a player does not report: its last command and the time of it, whether
 * it has arrived there, and how long its starts and jumps take. Without a player all calls do nothing.
 */
export class PlayerDriver {
  private readonly clock: Clock;
  private readonly onOperation: () => void;
  private readonly loadLoss = new LostTime(INITIAL_LOAD_LATENCY_S);
  private readonly resumeLoss = new LostTime(INITIAL_RESUME_LATENCY_S);
  private readonly jumpLoss = new LostTime(INITIAL_JUMP_LATENCY_S);
  private readonly liveSigns = new LiveSigns();

  private player: PlayerPort | undefined;
  private loadedVideoId = '';
  private cuedAtS = 0;
  private knownDurationS = 0;
  private live = false;
  private isLiveForGood = false;
  private saysLiveSinceMs: number | undefined;
  private currentRate = 1;
  private lastOperationMs = Number.NEGATIVE_INFINITY;
  private lastSeekMs = Number.NEGATIVE_INFINITY;
  private arriving: { readonly positionS: number; readonly sinceMs: number } | undefined;
  private start: Start | undefined;
  private lateStartUntilMs = Number.NEGATIVE_INFINITY;

  /** `onOperation` is called before each operation. */
  constructor(clock: Clock, onOperation: () => void) {
    this.clock = clock;
    this.onOperation = onOperation;
  }

  /** Takes a player that is ready, and the video that it was made with, standing at 0 s. */
  attach(player: PlayerPort, cuedVideoId: string): void {
    this.detach();
    this.player = player;
    this.loadedVideoId = cuedVideoId;
  }

  detach(): void {
    this.player = undefined;
    this.loadedVideoId = '';
    this.cuedAtS = 0;
    this.forgetLength();
    this.currentRate = 1;
    this.arriving = undefined;
    this.start = undefined;
  }

  // The state of the player.

  get isAttached(): boolean {
    return this.player !== undefined;
  }

  /** Empty when nothing is loaded. */
  get videoId(): string {
    return this.loadedVideoId;
  }

  get rate(): number {
    return this.currentRate;
  }

  /** The last length that the player told, s; 0 while it is not known. */
  get durationS(): number {
    return this.knownDurationS;
  }

  /** Whether the video is a live stream: it has no length, and nobody can be held at a position of it. */
  get isLive(): boolean {
    return this.live;
  }

  /** How far the player is behind the edge of a live stream, s. */
  get behindEdgeS(): number {
    return this.live && this.player ? Math.max(0, this.player.durationS() - this.player.positionS()) : 0;
  }

  /** Where a jump will arrive that does not show yet, s. */
  get arrivingAtS(): number | undefined {
    return this.arriving?.positionS;
  }

  /** Whether it was told to start, or to jump while playing, and has not been measured since. */
  get isStarting(): boolean {
    return this.start !== undefined;
  }

  /** Whether a start that was overtaken by a pause may still come about. */
  get mayStartLate(): boolean {
    return this.clock.nowMs() < this.lateStartUntilMs;
  }

  /** How much a start will lose, s. */
  get expectedStartLossS(): number {
    return this.startLoss.expectedS;
  }

  get sinceOperationMs(): number {
    return this.clock.nowMs() - this.lastOperationMs;
  }

  get sinceSeekMs(): number {
    return this.clock.nowMs() - this.lastSeekMs;
  }

  get offersNudges(): boolean {
    const rates = this.player?.rates() ?? [];
    return rates.includes(NUDGE_FASTER_RATE) && rates.includes(NUDGE_SLOWER_RATE);
  }

  state(): PlayerState | 'none' {
    return this.player?.state() ?? 'none';
  }

  /** Where the player is, s: a cued one does not report the position that it will start from. Null without a player. */
  positionS(): number | null {
    if (!this.player) return null;
    const state = this.player.state();
    return state === 'cued' || state === 'unstarted' ? this.cuedAtS : this.player.positionS();
  }

  /** To be called often: notices arrivals; true if the length changed, and with it the film: an advertisement. */
  notice(): boolean {
    if (!this.player) return false;
    this.noticeArrival(this.player);
    const durationS = this.player.durationS();
    if (this.noticeLive(this.player, durationS)) return true;
    if (this.live) {
      this.knownDurationS = durationS;
      return false;
    }
    if (Math.abs(durationS - this.knownDurationS) <= DURATION_TOLERANCE_S) return false;
    this.knownDurationS = durationS;
    return true;
  }

  /** To be called when the player has settled after a start: learns how long the start took. */
  learnLostTime(): void {
    if (!this.start || !this.player) return;
    const elapsedS = (this.clock.nowMs() - this.start.atMs) / 1000;
    this.start.lostTime.observe(elapsedS - (this.player.positionS() - this.start.fromS));
    this.start = undefined;
  }

  /** Forgets a start that has not come about, so that the next one is made in earnest. */
  giveUpStart(): void {
    this.start = undefined;
  }

  /** Forgets the loaded video, so that even the same video is loaded again. */
  unload(): void {
    this.loadedVideoId = '';
    this.forgetLength();
  }

  // Commands to the player.

  /** Loads a video and plays it, ahead of the target by the time that a start loses. */
  load(videoId: string, targetS: number): void {
    const fromS = targetS + this.loadLoss.expectedS;
    this.operate(player => {
      this.loaded(videoId, fromS);
      this.arriving = { positionS: fromS, sinceMs: this.clock.nowMs() };
      this.measureFrom(fromS, this.loadLoss);
      player.load(videoId, fromS);
    });
  }

  cue(videoId: string, positionS: number): void {
    this.operate(player => {
      this.loaded(videoId, positionS);
      player.cue(videoId, positionS);
    });
  }

  play(): void {
    this.operate(player => {
      this.measureFrom(this.positionS() ?? 0, this.startLoss);
      player.play();
    });
  }

  pause(): void {
    const startIsOnItsWay = this.isStarting && this.state() !== 'playing';
    const lateUntilMs = startIsOnItsWay ? this.clock.nowMs() + AUTOPLAY_PATIENCE_MS : this.lateStartUntilMs;
    this.operate(player => player.pause());
    this.lateStartUntilMs = lateUntilMs;
  }

  seek(positionS: number): void {
    this.operate(player => {
      this.lastSeekMs = this.clock.nowMs();
      this.arriving = { positionS, sinceMs: this.clock.nowMs() };
      player.seekTo(positionS);
    });
  }

  /** Goes to the edge of a live stream. */
  seekToEdge(): void {
    this.operate(player => player.seekTo(player.durationS()));
  }

  /** Jumps ahead of the target by the time that a jump loses, to land in step with it. */
  jump(targetS: number): void {
    const fromS = targetS + this.jumpLoss.expectedS;
    this.seek(fromS);
    this.measureFrom(fromS, this.jumpLoss);
  }

  /** Jumps while paused, and plays from there. */
  jumpAndPlay(targetS: number): void {
    this.jump(targetS);
    this.player?.play();
  }

  setRate(rate: number): void {
    if (rate === this.currentRate) return;
    this.currentRate = rate;
    this.player?.setRate(rate);
  }

  /** The lost time that the next start goes by: after a pause the video is there already, otherwise it has to load first. */
  private get startLoss(): LostTime {
    return this.player?.state() === 'paused' ? this.resumeLoss : this.loadLoss;
  }

  private operate(operation: (player: PlayerPort) => void): void {
    if (!this.player) return;
    this.onOperation();
    this.lastOperationMs = this.clock.nowMs();
    this.arriving = undefined;
    this.start = undefined;
    this.lateStartUntilMs = Number.NEGATIVE_INFINITY;
    operation(this.player);
  }

  private loaded(videoId: string, atS: number): void {
    if (videoId !== this.loadedVideoId) this.forgetLength();
    this.loadedVideoId = videoId;
    this.cuedAtS = atS;
  }

  private measureFrom(fromS: number, lostTime: LostTime): void {
    this.start = { atMs: this.clock.nowMs(), fromS, lostTime };
  }

  private forgetLength(): void {
    this.knownDurationS = 0;
    this.live = false;
    this.isLiveForGood = false;
    this.saysLiveSinceMs = undefined;
    this.liveSigns.reset();
  }

  /** True when it turns out that the video is a live stream, or that only the one before it was. */
  private noticeLive(player: PlayerPort, durationS: number): boolean {
    if (this.isLiveForGood) return false;
    const nowMs = this.clock.nowMs();
    const says = player.saysLive();
    const isPlaying = player.state() === 'playing';
    this.saysLiveSinceMs = says && isPlaying ? (this.saysLiveSinceMs ?? nowMs) : undefined;
    const hasSaidFor = this.saysLiveSinceMs === undefined ? 0 : nowMs - this.saysLiveSinceMs;
    // A player may still speak of the video before; and it may speak no more of a stream that has ended.
    this.isLiveForGood = this.liveSigns.observe(durationS, nowMs) || hasSaidFor >= LIVE_SPAN_MS;

    const wasLive = this.live;
    this.live = says || this.isLiveForGood;
    if (this.live === wasLive) return false;
    this.knownDurationS = durationS;
    this.arriving = undefined;
    this.start = undefined;
    return true;
  }

  private noticeArrival(player: PlayerPort): void {
    if (!this.arriving) return;
    const elapsedMs = this.clock.nowMs() - this.arriving.sinceMs;
    const beyondS = player.positionS() - this.arriving.positionS;
    const isThere = beyondS > -SELF_TOLERANCE_S && beyondS < elapsedMs / 1000 + SELF_TOLERANCE_S;
    if ((isThere && elapsedMs >= COOLDOWN_MS) || elapsedMs > SEEK_ARRIVAL_MS) this.arriving = undefined;
  }
}
