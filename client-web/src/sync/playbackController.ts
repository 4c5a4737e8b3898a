import {
  AUTOPLAY_PATIENCE_MS,
  BUFFERING_PATIENCE_MS,
  COOLDOWN_MS,
  DRIFT_TOLERANCE_S,
  LIVE_EDGE_S,
  PAUSED_DEAD_BAND_S,
  REASSERT_MS,
  REMOTE_TOLERANCE_S,
  SEEK_DEBOUNCE_MS,
  SELF_TOLERANCE_S,
  SETTLE_MS,
  START_PATIENCE_MS,
  TICK_MS,
} from '../constants';
import type { Cancel, Clock } from './clock';
import type { Command, RoomChange } from './command';
import { DriftWatch } from './driftWatch';
import { type Gesture, NativeGestures } from './nativeGestures';
import { PendingCommands } from './pendingCommands';
import type { PlaybackView } from './playbackView';
import type { PlayerPort, PlayerState } from './player';
import { PlayerDriver } from './playerDriver';
import { type RoomPlayback, RoomTimeline } from './roomTimeline';
import { ShownDelta } from './shownDelta';
import { Store } from './store';

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

/** Commands that the player obeys already, and that are sent once it has come under way. */
interface Held {
  readonly play: boolean;
  readonly seek: boolean;
  readonly sinceMs: number;
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
  private readonly driver: PlayerDriver;
  private readonly pendingCommands: PendingCommands;
  private readonly gestures = new NativeGestures();
  private readonly drift = new DriftWatch();
  private readonly shownDelta = new ShownDelta();

  private readonly stopTicking: Cancel;

  private room: RoomTimeline;
  private held: Held | undefined;
  private blocked = false;
  private failedVideoId = '';
  private seekOncePaused = false;
  /** A live stream is to be taken up at its edge as soon as it plays. */
  private goesToEdge = true;
  private bufferingSinceMs: number | undefined;
  private contradictedSinceMs: number | undefined;

  constructor(around: Surroundings) {
    this.around = around;
    this.driver = new PlayerDriver(around.clock, () => this.aboutToOperate());
    this.pendingCommands = new PendingCommands(around.clock);
    this.room = new RoomTimeline({ videoId: '', playing: false, positionS: 0 }, around.clock.nowMs());
    this.view = new Store(this.look());
    this.stopTicking = around.clock.every(TICK_MS, () => this.tick());
  }

  /** Lets go of the player and does nothing afterwards. */
  close(): void {
    this.stopTicking();
    this.detach();
  }

  // The room.

  /** Takes the room's whole state; what was known or wished before holds no longer. */
  applySnapshot(playback: RoomPlayback): void {
    this.room = new RoomTimeline(playback, this.nowMs());
    this.forgetPendingCommands();
    this.follow(REMOTE_TOLERANCE_S);
  }

  /** Takes a change of the room; true if it answers a command of ours. */
  applyChange({ kind, positionS, byOurName }: RoomChange): boolean {
    const playing = kind === 'seek' ? this.room.playing : kind === 'play';
    this.room = new RoomTimeline({ videoId: this.room.videoId, playing, positionS }, this.nowMs());
    const answersUs = byOurName && this.pendingCommands.answer(kind);
    if (kind === 'play') this.release('play');
    // What the room told before it has heard our last command, that command will have overruled.
    if (this.pendingCommands.awaitsAnswer || this.held) return answersUs;
    this.pendingCommands.forget();
    this.follow(answersUs ? SELF_TOLERANCE_S : REMOTE_TOLERANCE_S);
    return answersUs;
  }

  applyVideoChange(videoId: string): void {
    this.room = new RoomTimeline({ videoId, playing: false, positionS: 0 }, this.nowMs());
    this.forgetPendingCommands();
    this.driver.unload();
    this.follow(REMOTE_TOLERANCE_S);
  }

  /** Takes the room's position. A heartbeat that `isNewer` than the last change says that the room plays. */
  applyHeartbeat(positionS: number, isNewer: boolean): void {
    if (this.room.playing) {
      this.room.heartbeat(positionS, this.nowMs());
      return;
    }
    if (!isNewer) return;
    this.room = new RoomTimeline({ videoId: this.room.videoId, playing: true, positionS }, this.nowMs());
    if (!this.pendingCommands.target) this.follow(DRIFT_TOLERANCE_S);
  }

  /** The room's playback now, as the server told it; a video that has ended does not play. */
  roomPlayback(): RoomPlayback {
    const { videoId, playing } = this.room;
    const positionS = this.room.positionS(this.nowMs(), this.around.latencyMs());
    const { durationS } = this.driver;
    const ended = durationS > 0 && positionS >= durationS;
    return { videoId, playing: playing && !ended, positionS: ended ? durationS : positionS };
  }

  /** The server refused a command: the room's state holds. */
  commandRefused(): void {
    if (!this.pendingCommands.target) return;
    this.forgetPendingCommands();
    this.follow(REMOTE_TOLERANCE_S);
  }

  // A person.

  /**
   * Starts the player at once. The room is told when it has started, and from where: then it is this player that is
   * in step from its first frame, and not ahead of it the room by what a start takes.
   */
  play(): void {
    if (!this.canCommand()) return;
    if (this.isEnded()) {
      this.seekTo(0);
      if (this.target().playing) return;
    }
    this.wish(true, this.positionOfPersonS());
    this.goesToEdge = true;
    this.hold({ play: true });
    this.driver.play();
    this.publish();
  }

  pause(): void {
    if (!this.canCommand()) return;
    if (this.held?.play) {
      this.takeBackPlay();
      return;
    }
    this.sendHeld();
    const time = this.timeOfPlayer();
    if (!this.sendWish({ kind: 'pause', ...time }, false, time.timeS ?? this.targetS())) return;
    this.driver.pause();
  }

  /** Plays or pauses. A player that waits for a click has got one: it joins what the room plays. */
  toggle(): void {
    if (this.blocked) this.joinPlayback();
    else if (this.target().playing && !this.isEnded()) this.pause();
    else this.play();
  }

  /**
   * Moves the player at once, and tells the room when the person has come to rest and the player is there. Nothing
   * happens in a live stream: how far back one can go in it differs, and moves.
   */
  seekTo(positionS: number): void {
    if (!this.canCommand() || this.driver.isLive) return;
    const { durationS } = this.driver;
    const boundedS = Math.max(0, durationS > 0 ? Math.min(positionS, durationS) : positionS);
    this.wish(this.target().playing, boundedS);
    this.hold({ seek: true });
    this.movePlayer(boundedS);
    this.publish();
  }

  /** Seeks from where the person is, back by a negative step. */
  seekBy(stepS: number): void {
    this.seekTo(this.positionOfPersonS() + stepS);
  }

  /**
   * Stands a video that has just been put on at another position. The room is told of a pause there: at a seek the
   * original's page would start its player, and with it the room.
   */
  standAt(positionS: number): void {
    if (!this.canCommand() || this.driver.isLive) return;
    if (this.sendWish({ kind: 'pause', timeS: positionS }, false, positionS)) this.movePlayer(positionS);
  }

  /** Takes this player alone to the edge of a live stream. */
  jumpToLive(): void {
    if (!this.driver.isLive) return;
    this.driver.seekToEdge();
    if (!this.target().playing) this.driver.pause();
  }

  /** Starts the player out of a click, which every browser allows. */
  joinPlayback(): void {
    this.blocked = false;
    this.driver.giveUpStart();
    this.follow(REMOTE_TOLERANCE_S);
  }

  // The player.

  /** Takes a player that is ready, and the video that it was made with, standing at 0 s. */
  attach(player: PlayerPort, cuedVideoId: string): void {
    this.detach();
    this.driver.attach(player, cuedVideoId);
    this.follow(REMOTE_TOLERANCE_S);
  }

  detach(): void {
    this.driver.detach();
    this.gestures.reset();
    this.unsettle(0);
    this.blocked = false;
    this.failedVideoId = '';
    this.publish();
  }

  /** The player cannot show the room's video. It commands nothing until it plays or there is another one. */
  playerFailed(): void {
    this.failedVideoId = this.target().videoId;
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
    this.driver.setRate(1);
    this.gestures.reset();
    this.unsettle(0);
    if (!this.around.isHidden() && !this.pendingCommands.target) this.follow(DRIFT_TOLERANCE_S);
  }

  playerState(): PlayerState | 'none' {
    return this.driver.state();
  }

  /** Where this player is, s; null without one. */
  positionS(): number | null {
    return this.driver.positionS();
  }

  /** Player minus room, ms, positive while this player is ahead; null while there is nothing to compare. */
  deltaMs(): number | null {
    const positionS = this.driver.positionS();
    const isIncomparable = this.driver.isLive || this.target().videoId === '' || this.isEnded();
    if (positionS === null || isIncomparable) return null;
    return Math.round((positionS - this.targetS()) * 1000);
  }

  // How the player is brought to where the room is, or where a wish will have taken it.

  private follow(toleranceS: number): void {
    const { videoId, playing } = this.target();
    const state = this.driver.state();
    if (state !== 'none' && videoId !== '') {
      if (this.driver.videoId !== videoId) this.loadTarget();
      else if (this.driver.isLive) this.followLive(state);
      else if (playing) this.followPlaying(state, toleranceS);
      else this.followPaused(state, toleranceS);
    }
    this.publish();
  }

  /** Only whether it plays is followed: a player cannot be held at a position that the stream leaves behind. */
  private followLive(state: PlayerState): void {
    const isUnderWay = state === 'playing' || state === 'buffering';
    const mayHaveOther = this.driver.sinceOperationMs < SETTLE_MS;
    if (!this.target().playing) {
      this.blocked = false;
      if (isUnderWay || mayHaveOther) this.driver.pause();
      return;
    }
    if (!isUnderWay) this.goesToEdge = true;
    if (!isUnderWay || (!this.driver.isStarting && mayHaveOther)) this.driver.play();
  }

  private loadTarget(): void {
    const { videoId, playing } = this.target();
    this.blocked = false;
    this.failedVideoId = '';
    this.goesToEdge = true;
    if (playing) this.driver.load(videoId, this.targetS());
    else this.driver.cue(videoId, this.targetS());
  }

  private followPlaying(state: PlayerState, toleranceS: number): void {
    if (this.isEnded()) return;
    const targetS = this.targetS();
    const behindS = this.behindS();
    const isNear = Math.abs(behindS) <= toleranceS;
    if (state === 'playing' || state === 'buffering') {
      if (!isNear) this.driver.jump(targetS);
      // A pause of ours may still be on its way to a player that reports to be playing.
      else if (!this.driver.isStarting && this.driver.sinceOperationMs < SETTLE_MS) this.driver.play();
      return;
    }
    if (isNear && this.driver.isStarting) return;
    // What is near now may not be by the time that the player has started.
    if (Math.abs(behindS + this.driver.expectedStartLossS) <= toleranceS) this.driver.play();
    else if (state === 'paused') this.driver.jumpAndPlay(targetS);
    else this.driver.load(this.target().videoId, targetS);
  }

  private followPaused(state: PlayerState, toleranceS: number): void {
    this.blocked = false;
    const isNear = Math.abs(this.behindS()) <= toleranceS;
    if (state === 'playing' || state === 'buffering') {
      this.driver.pause();
      // A player that is told to jump before it has paused may play on.
      this.seekOncePaused = true;
    } else if (state === 'paused') {
      this.driver.pause();
      if (!isNear) this.driver.seek(this.targetS());
    } else if (!isNear) {
      // A seek would start a player that is cued or ended.
      this.driver.cue(this.target().videoId, this.targetS());
    } else if (this.driver.sinceOperationMs < AUTOPLAY_PATIENCE_MS) {
      this.driver.pause();
    }
  }

  private movePlayer(positionS: number): void {
    const { videoId, playing } = this.target();
    const state = this.driver.state();
    if (state === 'playing' || state === 'paused' || state === 'buffering') this.driver.seek(positionS);
    else if (playing) this.driver.load(videoId, positionS);
    else this.driver.cue(videoId, positionS);
  }

  private aboutToOperate(): void {
    this.driver.setRate(1);
    this.seekOncePaused = false;
    this.gestures.reset();
    this.unsettle(SETTLE_MS);
  }

  // What is looked at ten times a second.

  private tick(): void {
    const state = this.driver.state();
    if (state !== 'none') {
      this.noticeState(state);
      if (this.driver.notice()) this.gestures.reset();
      if (this.mayBeGesture()) this.interpret(state);
    }
    this.sendHeldWhenUnderWay();
    if (this.pendingCommands.isOverdue && !this.held) {
      this.forgetPendingCommands();
      this.follow(SELF_TOLERANCE_S);
    }
    if (state !== 'none' && this.mayCorrect()) this.correct(state);
    this.shownDelta.observe(this.deltaMs(), this.nowMs());
    this.publish();
  }

  private noticeState(state: PlayerState): void {
    this.bufferingSinceMs = state === 'buffering' ? (this.bufferingSinceMs ?? this.nowMs()) : undefined;
    if (state === 'playing') {
      this.blocked = false;
      this.failedVideoId = '';
      return;
    }
    this.driver.setRate(1);
    this.unsettle(SETTLE_MS);
  }

  private mayBeGesture(): boolean {
    const isQuiet =
      !this.around.isConnected() ||
      this.around.isHidden() ||
      this.driver.arrivingAtS !== undefined ||
      this.driver.mayStartLate ||
      this.driver.videoId !== this.target().videoId ||
      this.driver.sinceOperationMs < COOLDOWN_MS;
    if (isQuiet) this.gestures.reset();
    return !isQuiet;
  }

  private interpret(state: PlayerState): void {
    const gestures = this.gestures.observe({
      nowMs: this.nowMs(),
      state,
      positionS: this.driver.positionS() ?? 0,
      rate: this.driver.rate,
      target: {
        playing: this.target().playing,
        positionS: this.driver.isLive ? (this.driver.positionS() ?? 0) : this.targetS(),
        ended: this.isEnded(),
      },
    });
    for (const gesture of gestures) this.obeyGesture(gesture);
  }

  /** The player has done it already; the room follows. */
  private obeyGesture({ kind, timeS }: Gesture): void {
    this.driver.setRate(1);
    this.unsettle(SETTLE_MS);
    this.held = undefined;
    const playing = kind === 'seek' ? this.target().playing : kind === 'play';
    if (this.driver.isLive) this.sendWish({ kind }, playing, this.targetS());
    else this.sendWish({ kind, timeS }, playing, timeS);
  }

  private mayCorrect(): boolean {
    return (
      this.around.isConnected() &&
      !this.pendingCommands.target &&
      this.driver.arrivingAtS === undefined &&
      !this.gestures.busy &&
      this.target().videoId !== '' &&
      this.driver.videoId === this.target().videoId
    );
  }

  private correct(state: PlayerState): void {
    if (this.driver.isLive) this.correctLive(state);
    else if (!this.target().playing) this.correctPaused(state);
    else if (this.isEnded()) this.driver.setRate(1);
    else if (state === 'playing') this.correctDrift();
    else if (state === 'buffering') this.correctStall();
    else this.noticeBlocked(state);
  }

  private correctLive(state: PlayerState): void {
    this.driver.setRate(1);
    if (!this.target().playing) this.reassertPause(state);
    else if (state === 'playing') this.takeUpAtEdge();
    else if (state !== 'buffering' && state !== 'ended') this.noticeBlocked(state);
  }

  private takeUpAtEdge(): void {
    if (!this.goesToEdge) return;
    this.goesToEdge = false;
    if (this.driver.behindEdgeS > LIVE_EDGE_S) this.driver.seekToEdge();
  }

  private correctDrift(): void {
    const nowMs = this.nowMs();
    const behindS = this.drift.settledS(this.behindS(), nowMs);
    if (behindS === undefined) return;
    if (!this.drift.isNudging) this.driver.learnLostTime();
    const correction = this.drift.correction({
      nowMs,
      behindS,
      positionS: this.driver.positionS() ?? 0,
      canNudge: !this.around.isHidden() && this.driver.offersNudges,
      sinceSeekMs: this.driver.sinceSeekMs,
    });
    if (correction.kind === 'seek') this.driver.jump(this.targetS());
    else if (correction.kind === 'nudge') this.driver.setRate(correction.rate);
    else if (this.driver.rate !== 1) this.endNudge();
  }

  private endNudge(): void {
    this.driver.setRate(1);
    this.unsettle(SETTLE_MS);
  }

  private correctStall(): void {
    const stalledMs = this.nowMs() - (this.bufferingSinceMs ?? this.nowMs());
    const isFar = Math.abs(this.behindS()) > DRIFT_TOLERANCE_S;
    const hasWaited = Math.min(stalledMs, this.driver.sinceSeekMs) >= BUFFERING_PATIENCE_MS;
    if (isFar && hasWaited) this.driver.jump(this.targetS());
  }

  private noticeBlocked(state: PlayerState): void {
    if (this.around.isHidden() || this.driver.sinceOperationMs < AUTOPLAY_PATIENCE_MS) return;
    if (state !== 'ended') {
      this.blocked = true;
      return;
    }
    // The player's video ended before the room's: a jump that aimed past the end, or a room that was moved back.
    const remainingS = this.driver.durationS - this.targetS();
    if (remainingS > SELF_TOLERANCE_S) this.driver.load(this.target().videoId, this.targetS());
  }

  private correctPaused(state: PlayerState): void {
    this.reassertPause(state);
    if (state === 'paused') this.correctFrame();
  }

  private reassertPause(state: PlayerState): void {
    this.contradictedSinceMs = state === 'playing' ? (this.contradictedSinceMs ?? this.nowMs()) : undefined;
    if (this.contradictedSinceMs !== undefined) {
      const contradictedMs = this.nowMs() - this.contradictedSinceMs;
      const isLateStart = this.driver.mayStartLate && this.driver.sinceOperationMs > contradictedMs;
      const isIgnored = Math.min(contradictedMs, this.driver.sinceOperationMs) >= REASSERT_MS;
      if (isLateStart || isIgnored) this.driver.pause();
    }
  }

  /** A paused player costs nothing to move. */
  private correctFrame(): void {
    const isFar = Math.abs(this.behindS()) > PAUSED_DEAD_BAND_S;
    if (this.seekOncePaused) {
      this.seekOncePaused = false;
      if (isFar) this.driver.seek(this.targetS());
    } else if (!isFar) {
      this.drift.seeksHelped();
    } else if (this.driver.sinceOperationMs >= SETTLE_MS && this.drift.maySeek(this.driver.sinceSeekMs)) {
      this.driver.seek(this.targetS());
      this.drift.seekMade();
    }
  }

  private unsettle(settleMs: number): void {
    this.drift.unsettle(this.nowMs(), settleMs);
  }

  // Pending commands.

  private canCommand(): boolean {
    return this.takesPart() && this.around.isConnected();
  }

  /** A page without a picture commands nothing: it would stop a film that only the others see. */
  private takesPart(): boolean {
    const { videoId } = this.target();
    return this.driver.isAttached && videoId !== '' && videoId !== this.failedVideoId;
  }

  /**
   * The player's position, unless it is so far off (stalled, blocked) that it would drag the room along. None in a live
   * stream: there the room's clock only says for how long it has been playing.
   */
  private timeOfPlayer(toleranceS = SELF_TOLERANCE_S): { timeS?: number } {
    if (this.driver.isLive) return {};
    const positionS = this.driver.positionS();
    return positionS !== null && Math.abs(positionS - this.targetS()) <= toleranceS
      ? { timeS: positionS }
      : {};
  }

  /** From where a person takes the next step. */
  private positionOfPersonS(): number {
    if (this.held) return this.targetS();
    return this.timeOfPlayer().timeS ?? this.targetS();
  }

  private wish(playing: boolean, positionS: number): void {
    this.pendingCommands.make(this.target().videoId, playing, positionS, this.around.latencyMs());
  }

  private sendWish(command: Command, playing: boolean, positionS: number): boolean {
    if (!this.around.send(command)) return false;
    this.pendingCommands.sent(command.kind);
    this.wish(playing, positionS);
    this.publish();
    return true;
  }

  private hold(commands: { play?: true; seek?: true }): void {
    const { play = false, seek = false } = { ...this.held, ...commands };
    this.held = { play, seek, sinceMs: this.nowMs() };
  }

  private release(kind: 'play' | 'seek'): void {
    if (!this.held) return;
    const rest = { ...this.held, [kind]: false };
    this.held = rest.play || rest.seek ? rest : undefined;
  }

  private sendHeldWhenUnderWay(): void {
    if (!this.held) return;
    const heldMs = this.nowMs() - this.held.sinceMs;
    if (this.held.seek && heldMs < SEEK_DEBOUNCE_MS) return;
    if (this.isComingUnderWay() && heldMs < START_PATIENCE_MS) return;
    this.sendHeld();
  }

  private isComingUnderWay(): boolean {
    if (!this.driver.isAttached || !this.target().playing) return false;
    return this.driver.state() !== 'playing' || this.driver.arrivingAtS !== undefined;
  }

  private sendHeld(): void {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    const { playing } = this.target();
    // While it was held the wish's clock ran on, and the player's perhaps did not.
    const toleranceS = SELF_TOLERANCE_S + START_PATIENCE_MS / 1000;
    const timeS = this.timeOfPlayer(toleranceS).timeS ?? this.targetS();
    const isSent =
      (!held.seek || this.sendWish({ kind: 'seek', timeS }, playing, timeS)) &&
      (!held.play ||
        this.sendWish({ kind: 'play', ...(this.driver.isLive ? {} : { timeS }) }, playing, timeS));
    if (!isSent) this.commandRefused();
  }

  /** Pause was pressed before the room was told to play: it need not know. */
  private takeBackPlay(): void {
    const positionS = this.positionOfPersonS();
    this.release('play');
    if (this.held) {
      this.wish(false, positionS);
      this.driver.pause();
      this.publish();
      return;
    }
    this.pendingCommands.forget();
    this.follow(REMOTE_TOLERANCE_S);
  }

  private forgetPendingCommands(): void {
    this.pendingCommands.forget();
    this.held = undefined;
  }

  // What is known.

  private target(): RoomTimeline {
    return this.pendingCommands.target ?? this.room;
  }

  private targetS(): number {
    return this.target().positionS(this.nowMs(), this.around.latencyMs());
  }

  /** Target minus player, s; 0 without a player. */
  private behindS(): number {
    const positionS = this.driver.positionS();
    return positionS === null ? 0 : this.targetS() - positionS;
  }

  private isEnded(): boolean {
    const { durationS } = this.driver;
    return (
      !this.driver.isLive && durationS > 0 && this.target().videoId !== '' && this.targetS() >= durationS
    );
  }

  private nowMs(): number {
    return this.around.clock.nowMs();
  }

  private publish(): void {
    const next = this.look();
    const last = this.view.get();
    const isSame = (Object.keys(next) as (keyof PlaybackView)[]).every(key => next[key] === last[key]);
    if (!isSame) this.view.set(next);
  }

  private look(): PlaybackView {
    const { videoId, playing } = this.target();
    const positionS = this.driver.arrivingAtS ?? this.driver.positionS() ?? this.targetS();
    return {
      videoId,
      playing,
      ended: this.isEnded(),
      playerState: this.driver.state(),
      positionS: Math.round(positionS * 4) / 4,
      durationS: this.driver.durationS,
      deltaMs: this.shownDelta.valueMs,
      blocked: this.blocked,
      live: this.driver.isLive,
      behindEdgeS: Math.floor(this.driver.behindEdgeS),
      takesPart: this.takesPart(),
    };
  }
}
