import {
  AUTOPLAY_PATIENCE_MS,
  BUFFERING_PATIENCE_MS,
  COMMAND_TIMEOUT_MS,
  COOLDOWN_MS,
  DEAD_BAND_S,
  DELTA_SHOWN_MS,
  DRIFT_TOLERANCE_S,
  DURATION_TOLERANCE_S,
  KEY_SEEK_S,
  MAX_SEEK_GAP_MS,
  MEDIAN_SAMPLES,
  NUDGE_FASTER_RATE,
  NUDGE_SLOWER_RATE,
  PAUSED_DEAD_BAND_S,
  REMOTE_TOLERANCE_S,
  SEEK_ARRIVAL_MS,
  SEEK_DEBOUNCE_MS,
  SEEK_GAP_MS,
  SEEK_WITHOUT_RATES_S,
  SELF_TOLERANCE_S,
  SETTLE_MS,
  TICK_MS,
} from '../constants';
import type { Cancel, Clock } from './clock';
import { correctionFor } from './correction';
import { LostTime } from './lostTime';
import { median } from './median';
import { type Gesture, NativeGestures } from './nativeGestures';
import type { PlayerPort, PlayerState } from './player';
import { type RoomPlayback, RoomTimeline } from './roomTimeline';
import { Store } from './store';

export type CommandKind = 'play' | 'pause' | 'seek';

/** A person's wish, for the room. Without a time the room's own position is meant. */
export interface Command {
  readonly kind: CommandKind;
  readonly timeS?: number;
}

/** A change of the room's playback that the server tells. */
export interface RoomChange {
  readonly kind: CommandKind;
  readonly positionS: number;
  /** Whether it goes by our own name; only then can it be the answer to a command of ours. */
  readonly byOurName: boolean;
}

/** What the page shows of the playback. */
export interface PlaybackView {
  readonly videoId: string;
  /** Whether the room plays, as far as we know or have just wished. */
  readonly playing: boolean;
  /** Whether the room's position is past the end of the video. */
  readonly ended: boolean;
  readonly playerState: PlayerState | 'none';
  /** Where this player is, s; in steps of 0.25 s. */
  readonly positionS: number;
  /** 0 while it is not known. */
  readonly durationS: number;
  /** {@link PlaybackController.deltaMs}, of the last second and in steps of 10 ms, so that it can be read. */
  readonly deltaMs: number | null;
  /** Whether the browser refused to start the player without a click. */
  readonly blocked: boolean;
}

interface Surroundings {
  readonly clock: Clock;
  /** The way from the server, ms. */
  readonly latencyMs: () => number;
  /** Sends to the room; false when there is no connection to send on. */
  readonly send: (command: Command) => boolean;
  readonly isConnected: () => boolean;
  /** Whether the page is in a hidden tab: its timers are coarse, and the browser may pause its player. */
  readonly isHidden: () => boolean;
}

interface ShownDelta {
  readonly valueMs: number | null;
  readonly atMs: number;
  readonly samplesMs: readonly number[];
}

interface Start {
  readonly atMs: number;
  readonly fromS: number;
  readonly lostTime: LostTime;
}

/**
 * Keeps one player in step with the room, and turns what a person does to it into commands.
 *
 * INVARIANT: a command is sent for a person's gesture only. What the room tells moves the player and is never sent
 * back: the player's events count as gestures only when they contradict the room after the player had obeyed it
 * (see {@link NativeGestures}).
 */
export class PlaybackController {
  readonly view: Store<PlaybackView>;

  private readonly around: Surroundings;
  private readonly gestures = new NativeGestures();
  private readonly startLoss = new LostTime();
  private readonly jumpLoss = new LostTime();

  private room: RoomTimeline;
  /** Where our own commands will have taken the room, until it has answered them all. */
  private wish: { readonly timeline: RoomTimeline; readonly untilMs: number } | undefined;
  private unanswered: CommandKind[] = [];
  private debouncedSeek: { readonly positionS: number; readonly cancel: Cancel } | undefined;

  private player: PlayerPort | undefined;
  private loadedVideoId = '';
  private cuedAtS = 0;
  private knownDurationS = 0;
  private rate = 1;
  private blocked = false;
  private cancelTicks: Cancel | undefined;

  private lastOperationMs = Number.NEGATIVE_INFINITY;
  private lastSeekMs = Number.NEGATIVE_INFINITY;
  private seekGapMs = SEEK_GAP_MS;
  private arriving: { readonly positionS: number; readonly sinceMs: number } | undefined;
  private start: Start | undefined;
  private settledFromMs = 0;
  private behindSamplesS: number[] = [];
  private beyondSinceMs: number | undefined;
  private nudge: { readonly untilMs: number } | undefined;
  private nudgesInRow = 0;
  private seekOncePaused = false;
  private bufferingSinceMs: number | undefined;
  private contradictedSinceMs: number | undefined;
  private shownDelta: ShownDelta = { valueMs: null, atMs: Number.NEGATIVE_INFINITY, samplesMs: [] };

  constructor(around: Surroundings) {
    this.around = around;
    this.room = new RoomTimeline({ videoId: '', playing: false, positionS: 0 }, around.clock.nowMs());
    this.view = new Store(this.look());
  }

  // The room.

  /** Takes the room's whole state; what was known or wished before holds no longer. */
  applySnapshot(playback: RoomPlayback): void {
    this.room = new RoomTimeline(playback, this.nowMs());
    this.forgetWishes();
    this.follow(REMOTE_TOLERANCE_S);
  }

  /** Takes a change of the room; true if it answers a command of ours. */
  applyChange(change: RoomChange): boolean {
    const playing = change.kind === 'seek' ? this.room.playing : change.kind === 'play';
    this.room = new RoomTimeline(
      { videoId: this.room.videoId, playing, positionS: change.positionS },
      this.nowMs(),
    );
    const answered = change.byOurName ? this.unanswered.indexOf(change.kind) : -1;
    if (answered >= 0) this.unanswered.splice(answered, 1);
    // What the room told before it has heard our last command, that command will have overruled.
    if (this.unanswered.length > 0 || this.debouncedSeek) return answered >= 0;
    this.wish = undefined;
    this.follow(answered >= 0 ? SELF_TOLERANCE_S : REMOTE_TOLERANCE_S);
    return answered >= 0;
  }

  applyVideoChange(videoId: string): void {
    this.room = new RoomTimeline({ videoId, playing: false, positionS: 0 }, this.nowMs());
    this.forgetWishes();
    this.loadedVideoId = '';
    this.follow(REMOTE_TOLERANCE_S);
  }

  /** Takes the room's position; a heartbeat of a room that we hold for paused says that it plays. */
  applyHeartbeat(positionS: number, isNewer: boolean): void {
    if (this.room.playing) {
      this.room.heartbeat(positionS, this.nowMs());
      return;
    }
    if (!isNewer) return;
    this.room = new RoomTimeline({ videoId: this.room.videoId, playing: true, positionS }, this.nowMs());
    if (!this.wish) this.follow(DRIFT_TOLERANCE_S);
  }

  /** The server refused a command: the room's state holds. */
  commandRefused(): void {
    if (!this.wish) return;
    this.forgetWishes();
    this.follow(REMOTE_TOLERANCE_S);
  }

  // A person.

  play(): void {
    if (!this.canCommand()) return;
    if (this.look().ended) {
      this.seekTo(0);
      if (this.target().playing) return;
    }
    const timeS = this.timeOfWish();
    if (!this.sendWish({ kind: 'play', ...timeS }, true, timeS.timeS)) return;
    this.startPlaying(this.targetS());
  }

  pause(): void {
    if (!this.canCommand()) return;
    const timeS = this.timeOfWish();
    if (!this.sendWish({ kind: 'pause', ...timeS }, false, timeS.timeS)) return;
    this.operate(player => player.pause());
  }

  toggle(): void {
    const { playing, ended } = this.look();
    if (playing && !ended) this.pause();
    else this.play();
  }

  /** Moves the player at once, and tells the room when the person has come to rest. */
  seekTo(positionS: number): void {
    if (!this.canCommand()) return;
    const durationS = this.player?.durationS() ?? 0;
    const boundedS = Math.max(0, durationS > 0 ? Math.min(positionS, durationS) : positionS);
    this.debouncedSeek?.cancel();
    const cancel = this.around.clock.after(SEEK_DEBOUNCE_MS, () => this.sendDebouncedSeek());
    this.debouncedSeek = { positionS: boundedS, cancel };
    this.setWish(this.target().playing, boundedS);
    this.movePlayer(boundedS);
  }

  seekForward(): void {
    this.seekTo(this.positionOfPerson() + KEY_SEEK_S);
  }

  seekBack(): void {
    this.seekTo(this.positionOfPerson() - KEY_SEEK_S);
  }

  /** Starts the player out of a click, which every browser allows. */
  joinPlayback(): void {
    this.blocked = false;
    this.start = undefined;
    this.follow(REMOTE_TOLERANCE_S);
  }

  // The player.

  /** Takes a player that is ready, and the video that it was made with, standing at 0 s. */
  attach(player: PlayerPort, cuedVideoId: string): void {
    this.detach();
    this.player = player;
    this.loadedVideoId = cuedVideoId;
    this.cuedAtS = 0;
    this.cancelTicks = this.around.clock.every(TICK_MS, () => this.tick());
    this.follow(REMOTE_TOLERANCE_S);
  }

  detach(): void {
    this.cancelTicks?.();
    this.player = undefined;
    this.loadedVideoId = '';
    this.knownDurationS = 0;
    this.rate = 1;
    this.nudge = undefined;
    this.start = undefined;
    this.arriving = undefined;
    this.blocked = false;
    this.gestures.reset();
    this.unsettle(0);
    this.publish();
  }

  /** To be called on each change of the player's state, so that none falls between two ticks. */
  playerChanged(): void {
    this.tick();
  }

  autoplayBlocked(): void {
    if (!this.target().playing) return;
    this.blocked = true;
    this.publish();
  }

  /** To be called when the page is shown or hidden: looks at the player anew. */
  recheck(): void {
    this.endNudge();
    this.gestures.reset();
    this.unsettle(0);
    if (this.player && !this.around.isHidden() && !this.wish) this.follow(DRIFT_TOLERANCE_S);
  }

  playerState(): PlayerState | 'none' {
    return this.player?.state() ?? 'none';
  }

  /** Where this player is, s; null without one. */
  positionS(): number | null {
    return this.player ? this.playerPositionS(this.player) : null;
  }

  /** Player minus room, ms, positive while this player is ahead; null while there is nothing to compare. */
  deltaMs(): number | null {
    const targetS = this.targetS();
    if (!this.player || this.target().videoId === '' || this.isPastEnd(targetS)) return null;
    return Math.round((this.playerPositionS(this.player) - targetS) * 1000);
  }

  // How the player is brought to the room.

  private follow(toleranceS: number): void {
    const { player } = this;
    const target = this.target();
    if (!player || target.videoId === '') {
      this.publish();
      return;
    }
    const targetS = this.targetS();
    if (this.loadedVideoId !== target.videoId) {
      this.loadTarget(targetS);
    } else if (target.playing) {
      this.followPlaying(player, targetS, toleranceS);
    } else {
      this.followPaused(player, targetS, toleranceS);
    }
    this.publish();
  }

  private loadTarget(targetS: number): void {
    const { videoId, playing } = this.target();
    this.loadedVideoId = videoId;
    this.knownDurationS = 0;
    this.blocked = false;
    if (playing) this.load(targetS);
    else this.cue(targetS);
  }

  private followPlaying(player: PlayerPort, targetS: number, toleranceS: number): void {
    if (this.isPastEnd(targetS)) return;
    const state = player.state();
    const behindS = targetS - this.playerPositionS(player);
    const isNear = Math.abs(behindS) <= toleranceS;
    // What is near now may not be by the time that the player has started.
    const staysNear = Math.abs(behindS + this.startLoss.expectedS) <= toleranceS;
    if (state === 'playing' || state === 'buffering') {
      if (!isNear) this.jump(targetS);
      // A pause of ours may still be on its way to a player that reports to be playing.
      else if (!this.start && this.nowMs() - this.lastOperationMs < SETTLE_MS)
        this.operate(() => player.play());
    } else if (staysNear || (this.start && isNear)) {
      if (!this.start) this.startPlaying(targetS);
    } else if (state === 'paused') {
      this.jump(targetS);
      player.play();
    } else {
      this.load(targetS);
    }
  }

  private followPaused(player: PlayerPort, targetS: number, toleranceS: number): void {
    this.blocked = false;
    const state = player.state();
    const isNear = Math.abs(targetS - this.playerPositionS(player)) <= toleranceS;
    if (state === 'playing' || state === 'buffering') {
      this.operate(() => player.pause());
      // A player that is told to jump before it has paused may play on.
      this.seekOncePaused = true;
    } else if (state === 'paused') {
      this.operate(() => player.pause());
      if (!isNear) this.seekPlayer(targetS);
    } else if (!isNear) {
      // A seek would start a player that is cued or ended.
      this.cue(targetS);
    } else if (this.nowMs() - this.lastOperationMs < AUTOPLAY_PATIENCE_MS) {
      this.operate(() => player.pause());
    }
  }

  /** Where the player is for our purposes: a cued one does not report the position that it will start from. */
  private playerPositionS(player: PlayerPort): number {
    const state = player.state();
    return state === 'cued' || state === 'unstarted' ? this.cuedAtS : player.positionS();
  }

  private startPlaying(fromS: number): void {
    this.operate(player => {
      this.start = { atMs: this.nowMs(), fromS: this.playerPositionS(player), lostTime: this.startLoss };
      if (player.state() === 'ended') player.seekTo(fromS);
      player.play();
    });
  }

  private load(targetS: number): void {
    const fromS = targetS + this.startLoss.expectedS;
    this.operate(player => {
      this.arriving = { positionS: fromS, sinceMs: this.nowMs() };
      this.start = { atMs: this.nowMs(), fromS, lostTime: this.startLoss };
      this.cuedAtS = fromS;
      player.load(this.loadedVideoId, fromS);
    });
  }

  private cue(targetS: number): void {
    this.operate(player => {
      this.cuedAtS = targetS;
      player.cue(this.loadedVideoId, targetS);
    });
  }

  /** Jumps ahead of the room by what a jump loses, to land in step with it. */
  private jump(targetS: number): void {
    const fromS = targetS + this.jumpLoss.expectedS;
    this.seekPlayer(fromS);
    this.start = { atMs: this.nowMs(), fromS, lostTime: this.jumpLoss };
  }

  private movePlayer(positionS: number): void {
    const state = this.player?.state();
    if (state === 'playing' || state === 'paused' || state === 'buffering') this.seekPlayer(positionS);
    else if (this.target().playing) this.load(positionS);
    else this.cue(positionS);
    this.publish();
  }

  private seekPlayer(positionS: number): void {
    this.operate(player => {
      this.lastSeekMs = this.nowMs();
      this.arriving = { positionS, sinceMs: this.nowMs() };
      player.seekTo(positionS);
    });
  }

  private operate(operation: (player: PlayerPort) => void): void {
    const { player } = this;
    if (!player) return;
    this.endNudge();
    this.lastOperationMs = this.nowMs();
    this.start = undefined;
    this.arriving = undefined;
    this.seekOncePaused = false;
    this.gestures.reset();
    this.unsettle(SETTLE_MS);
    operation(player);
  }

  // What is looked at ten times a second.

  private tick(): void {
    const { player } = this;
    if (!player) return;
    if (this.wish && this.nowMs() > this.wish.untilMs && !this.debouncedSeek) {
      this.forgetWishes();
      this.follow(SELF_TOLERANCE_S);
    }
    const state = player.state();
    this.noticeState(state);
    this.noticeDuration(player);
    this.noticeArrival(player);
    if (this.mayBeGesture()) this.interpret(player, state);
    if (this.mayCorrect()) this.correct(player, state);
    this.showDelta();
    this.publish();
  }

  private noticeState(state: PlayerState): void {
    const nowMs = this.nowMs();
    this.bufferingSinceMs = state === 'buffering' ? (this.bufferingSinceMs ?? nowMs) : undefined;
    if (state === 'playing') {
      this.blocked = false;
      return;
    }
    this.endNudge();
    this.unsettle(SETTLE_MS);
  }

  /** Another length is another film: an advertisement begins or ends, and the position jumps by itself. */
  private noticeDuration(player: PlayerPort): void {
    const durationS = player.durationS();
    if (Math.abs(durationS - this.knownDurationS) <= DURATION_TOLERANCE_S) return;
    this.knownDurationS = durationS;
    this.gestures.reset();
  }

  private noticeArrival(player: PlayerPort): void {
    if (!this.arriving) return;
    const elapsedS = (this.nowMs() - this.arriving.sinceMs) / 1000;
    const beyondS = player.positionS() - this.arriving.positionS;
    const arrived = beyondS > -SELF_TOLERANCE_S && beyondS < elapsedS + SELF_TOLERANCE_S;
    const cooledDown = this.nowMs() - this.lastOperationMs >= COOLDOWN_MS;
    if ((arrived && cooledDown) || elapsedS * 1000 > SEEK_ARRIVAL_MS) this.arriving = undefined;
  }

  private mayBeGesture(): boolean {
    const isQuiet =
      !this.around.isConnected() ||
      this.around.isHidden() ||
      this.arriving !== undefined ||
      this.debouncedSeek !== undefined ||
      this.loadedVideoId !== this.target().videoId ||
      this.nowMs() - this.lastOperationMs < COOLDOWN_MS;
    if (isQuiet) this.gestures.reset();
    return !isQuiet;
  }

  private interpret(player: PlayerPort, state: PlayerState): void {
    const targetS = this.targetS();
    const gestures = this.gestures.observe({
      nowMs: this.nowMs(),
      state,
      positionS: player.positionS(),
      rate: this.rate,
      target: { playing: this.target().playing, positionS: targetS, ended: this.isPastEnd(targetS) },
    });
    for (const gesture of gestures) this.obeyGesture(gesture);
  }

  /** The player has done it already; the room follows. */
  private obeyGesture({ kind, timeS }: Gesture): void {
    this.endNudge();
    this.unsettle(SETTLE_MS);
    const playing = kind === 'seek' ? this.target().playing : kind === 'play';
    this.sendWish({ kind, timeS }, playing, timeS);
  }

  private mayCorrect(): boolean {
    return (
      this.around.isConnected() &&
      !this.wish &&
      !this.arriving &&
      !this.gestures.busy &&
      this.loadedVideoId === this.target().videoId &&
      this.target().videoId !== ''
    );
  }

  private correct(player: PlayerPort, state: PlayerState): void {
    if (this.target().playing) this.correctPlaying(player, state);
    else this.correctPaused(player, state);
  }

  private correctPlaying(player: PlayerPort, state: PlayerState): void {
    const targetS = this.targetS();
    if (this.isPastEnd(targetS)) {
      this.endNudge();
    } else if (state === 'playing') {
      this.correctDrift(player, targetS);
    } else if (state === 'buffering') {
      this.correctStall(player, targetS);
    } else {
      this.noticeBlocked(state, targetS);
    }
  }

  private correctDrift(player: PlayerPort, targetS: number): void {
    const nowMs = this.nowMs();
    if (this.nudge) {
      if (nowMs < this.nudge.untilMs) return;
      this.endNudge();
    }
    if (nowMs < this.settledFromMs) return;
    this.behindSamplesS = [...this.behindSamplesS, targetS - player.positionS()].slice(-MEDIAN_SAMPLES);
    if (this.behindSamplesS.length < MEDIAN_SAMPLES) return;
    const behindS = median(this.behindSamplesS);
    this.learnLostTime(player);
    if (Math.abs(behindS) <= SEEK_WITHOUT_RATES_S) this.beyondSinceMs = undefined;
    else this.beyondSinceMs ??= nowMs;

    const correction = correctionFor({
      behindS,
      persistedMs: this.beyondSinceMs === undefined ? 0 : nowMs - this.beyondSinceMs,
      canNudge: !this.around.isHidden() && offersNudges(player),
      nudgesInRow: this.nudgesInRow,
      maySeek: nowMs - this.lastSeekMs >= this.seekGapMs,
    });
    if (correction.kind === 'seek') {
      this.jump(targetS);
      this.seekGapMs = Math.min(this.seekGapMs * 2, MAX_SEEK_GAP_MS);
    } else if (correction.kind === 'nudge') {
      this.beginNudge(player, correction.rate, correction.durationMs);
    }
    if (Math.abs(behindS) <= DEAD_BAND_S) this.nudgesInRow = 0;
    if (Math.abs(behindS) <= SEEK_WITHOUT_RATES_S) this.seekGapMs = SEEK_GAP_MS;
  }

  private correctStall(player: PlayerPort, targetS: number): void {
    const nowMs = this.nowMs();
    const stalledMs = nowMs - (this.bufferingSinceMs ?? nowMs);
    const isFar = Math.abs(targetS - player.positionS()) > DRIFT_TOLERANCE_S;
    if (stalledMs < BUFFERING_PATIENCE_MS || !isFar || nowMs - this.lastSeekMs < BUFFERING_PATIENCE_MS)
      return;
    this.jump(targetS);
  }

  private noticeBlocked(state: PlayerState, targetS: number): void {
    if (this.around.isHidden() || this.nowMs() - this.lastOperationMs < AUTOPLAY_PATIENCE_MS) return;
    if (state === 'ended') {
      // The player's video ended before the room's: a jump that aimed past the end, or a room that was moved back.
      if (this.knownDurationS - targetS > SELF_TOLERANCE_S) this.load(targetS);
      return;
    }
    this.blocked = true;
  }

  private correctPaused(player: PlayerPort, state: PlayerState): void {
    const nowMs = this.nowMs();
    const contradicts = state === 'playing' || state === 'buffering';
    if (!contradicts) this.contradictedSinceMs = undefined;
    else if (state === 'playing') {
      this.contradictedSinceMs ??= nowMs;
      const sinceMs = nowMs - Math.max(this.contradictedSinceMs, this.lastOperationMs);
      if (sinceMs >= SETTLE_MS) this.operate(() => player.pause());
    }
    if (state !== 'paused') return;
    const targetS = this.targetS();
    const isFar = Math.abs(targetS - player.positionS()) > PAUSED_DEAD_BAND_S;
    if (this.seekOncePaused) {
      this.seekOncePaused = false;
      if (isFar) this.seekPlayer(targetS);
    } else if (nowMs - this.lastOperationMs < SETTLE_MS) {
      return;
    } else if (!isFar) {
      this.seekGapMs = SEEK_GAP_MS;
    } else if (nowMs - this.lastSeekMs >= this.seekGapMs && !this.isPastEnd(targetS)) {
      this.seekPlayer(targetS);
      this.seekGapMs = Math.min(this.seekGapMs * 2, MAX_SEEK_GAP_MS);
    }
  }

  private learnLostTime(player: PlayerPort): void {
    if (!this.start) return;
    const elapsedS = (this.nowMs() - this.start.atMs) / 1000;
    this.start.lostTime.observe(elapsedS - (player.positionS() - this.start.fromS));
    this.start = undefined;
  }

  private beginNudge(player: PlayerPort, rate: number, durationMs: number): void {
    this.nudge = { untilMs: this.nowMs() + durationMs };
    this.nudgesInRow++;
    this.rate = rate;
    player.setRate(rate);
  }

  private endNudge(): void {
    if (!this.nudge) return;
    this.nudge = undefined;
    this.rate = 1;
    this.player?.setRate(1);
    this.unsettle(SETTLE_MS);
  }

  private unsettle(settleMs: number): void {
    this.settledFromMs = this.nowMs() + settleMs;
    this.behindSamplesS = [];
    this.beyondSinceMs = undefined;
  }

  // Wishes.

  private canCommand(): boolean {
    return this.target().videoId !== '' && this.around.isConnected();
  }

  /** The player's position, unless it is so far off (stalled, blocked) that it would drag the room along. */
  private timeOfWish(): { timeS?: number } {
    const { player } = this;
    if (!player) return {};
    if (this.debouncedSeek) return { timeS: this.debouncedSeek.positionS };
    const timeS = this.playerPositionS(player);
    return Math.abs(timeS - this.targetS()) <= SELF_TOLERANCE_S ? { timeS } : {};
  }

  private positionOfPerson(): number {
    if (this.debouncedSeek) return this.debouncedSeek.positionS;
    return this.timeOfWish().timeS ?? this.targetS();
  }

  private sendWish(command: Command, playing: boolean, positionS = this.targetS()): boolean {
    if (command.kind !== 'seek' && this.debouncedSeek) this.sendDebouncedSeek();
    if (!this.around.send(command)) return false;
    this.unanswered.push(command.kind);
    this.setWish(playing, positionS);
    this.publish();
    return true;
  }

  private sendDebouncedSeek(): void {
    if (!this.debouncedSeek) return;
    this.debouncedSeek.cancel();
    this.debouncedSeek = undefined;
    const timeS = this.targetS();
    const sent = this.sendWish({ kind: 'seek', timeS }, this.target().playing, timeS);
    if (!sent) this.commandRefused();
  }

  private setWish(playing: boolean, positionS: number): void {
    const nowMs = this.nowMs();
    // The wish is ours: no way lies between it and us.
    const wayS = playing ? this.around.latencyMs() / 1000 : 0;
    const { videoId } = this.target();
    const timeline = new RoomTimeline({ videoId, playing, positionS: positionS - wayS }, nowMs);
    this.wish = { timeline, untilMs: nowMs + COMMAND_TIMEOUT_MS };
  }

  private forgetWishes(): void {
    this.wish = undefined;
    this.unanswered = [];
    this.debouncedSeek?.cancel();
    this.debouncedSeek = undefined;
  }

  // What is known.

  private target(): RoomTimeline {
    return this.wish?.timeline ?? this.room;
  }

  private targetS(): number {
    return this.target().positionS(this.nowMs(), this.around.latencyMs());
  }

  private isPastEnd(targetS: number): boolean {
    return this.knownDurationS > 0 && targetS >= this.knownDurationS;
  }

  private nowMs(): number {
    return this.around.clock.nowMs();
  }

  private showDelta(): void {
    const deltaMs = this.deltaMs();
    if (deltaMs === null) {
      this.shownDelta = { valueMs: null, atMs: Number.NEGATIVE_INFINITY, samplesMs: [] };
      return;
    }
    const samplesMs = [...this.shownDelta.samplesMs, deltaMs];
    const isDue = this.nowMs() - this.shownDelta.atMs >= DELTA_SHOWN_MS;
    this.shownDelta = isDue
      ? { valueMs: Math.round(median(samplesMs) / 10) * 10, atMs: this.nowMs(), samplesMs: [] }
      : { ...this.shownDelta, samplesMs };
  }

  /** A jump is shown where it goes, before the player has arrived there. */
  private shownPositionS(): number {
    return this.arriving?.positionS ?? this.positionS() ?? this.targetS();
  }

  private publish(): void {
    const next = this.look();
    const last = this.view.get();
    const isSame = (Object.keys(next) as (keyof PlaybackView)[]).every(key => next[key] === last[key]);
    if (!isSame) this.view.set(next);
  }

  private look(): PlaybackView {
    const { player } = this;
    const target = this.target();
    const targetS = this.targetS();
    const ended = target.videoId !== '' && this.isPastEnd(targetS);
    return {
      videoId: target.videoId,
      playing: target.playing,
      ended,
      playerState: this.playerState(),
      positionS: Math.round(this.shownPositionS() * 4) / 4,
      durationS: player?.durationS() ?? 0,
      deltaMs: this.shownDelta.valueMs,
      blocked: this.blocked,
    };
  }
}

function offersNudges(player: PlayerPort): boolean {
  const rates = player.rates();
  return rates.includes(NUDGE_FASTER_RATE) && rates.includes(NUDGE_SLOWER_RATE);
}
