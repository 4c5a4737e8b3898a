import { SETTLE_MS } from '../constants';
import { DriftWatch } from './driftWatch';
import { LiveSync } from './liveSync';
import { PausedSync } from './pausedSync';
import type { Playability } from './playability';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerState } from './player';
import type { PlayerDriver } from './playerDriver';
import { PlayingSync } from './playingSync';

/** Brings the player to its target and keeps it there, by the rules for a live stream, a paused or a playing video. */
export class PlayerSync {
  readonly live: LiveSync;

  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly playability: Playability;
  private readonly drift = new DriftWatch();
  private readonly paused: PausedSync;
  private readonly playing: PlayingSync;

  constructor(
    around: PlaybackSurroundings,
    driver: PlayerDriver,
    target: PlaybackTarget,
    playability: Playability,
  ) {
    this.around = around;
    this.driver = driver;
    this.target = target;
    this.playability = playability;
    this.live = new LiveSync(driver, target, playability);
    this.paused = new PausedSync(around.clock, driver, target, this.drift);
    this.playing = new PlayingSync(around, driver, target, playability, this.drift);
  }

  /** Brings the player to its target at once; a difference up to the tolerance is left to {@link correct}. */
  follow(toleranceS: number): void {
    const { videoId, playing } = this.target;
    const state = this.driver.state();
    if (state === 'none' || videoId === '') return;
    if (this.driver.videoId !== videoId) {
      this.loadTarget();
      return;
    }
    if (!playing) this.playability.unblock();
    if (this.driver.isLive) this.live.follow(state);
    else if (playing) this.playing.follow(state, toleranceS);
    else this.paused.follow(state, toleranceS);
  }

  /** Moves the player for a person; it goes on as the target does. */
  movePlayer(positionS: number): void {
    const { videoId, playing } = this.target;
    const state = this.driver.state();
    if (state === 'playing' || state === 'paused' || state === 'buffering') this.driver.seek(positionS);
    else if (playing) this.driver.load(videoId, positionS);
    else this.driver.cue(videoId, positionS);
  }

  /** To be called often, before {@link correct}. */
  notice(state: PlayerState): void {
    this.playing.notice(state);
    if (state === 'playing') {
      this.playability.reset();
      return;
    }
    this.driver.setRate(1);
    this.unsettle(SETTLE_MS);
  }

  /** To be called often while nothing else moves the player. */
  correct(state: PlayerState): void {
    if (this.driver.isLive) this.correctLive(state);
    else if (this.target.playing) this.playing.correct(state);
    else this.correctPaused(state);
  }

  /** To be called before each operation of the driver. */
  aboutToOperate(): void {
    this.driver.setRate(1);
    this.paused.forgetSeek();
    this.unsettle(SETTLE_MS);
  }

  /** The player's position counts as settled only after this time. */
  unsettle(settleMs: number): void {
    this.drift.unsettle(this.around.clock.nowMs(), settleMs);
  }

  private loadTarget(): void {
    const { videoId, playing } = this.target;
    this.playability.reset();
    this.live.goToEdgeOncePlaying();
    if (playing) this.driver.load(videoId, this.target.positionS());
    else this.driver.cue(videoId, this.target.positionS());
  }

  private correctLive(state: PlayerState): void {
    this.driver.setRate(1);
    if (this.target.playing) this.live.correct(state);
    else this.paused.reassert(state);
  }

  private correctPaused(state: PlayerState): void {
    this.paused.reassert(state);
    if (state === 'paused') this.paused.correctFrame();
  }
}
