import { COOLDOWN_MS } from '../constants';
import { type Gesture, NativeGestures } from './nativeGestures';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerState } from './player';
import type { PlayerDriver } from './playerDriver';

/** Looks for gestures in the player, as long as its events can be a person's at all. */
export class GestureWatch {
  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly gestures = new NativeGestures();

  constructor(around: PlaybackSurroundings, driver: PlayerDriver, target: PlaybackTarget) {
    this.around = around;
    this.driver = driver;
    this.target = target;
  }

  /** Whether a gesture is being made out; the player should be left alone until then. */
  get isBusy(): boolean {
    return this.gestures.busy;
  }

  reset(): void {
    this.gestures.reset();
  }

  /** To be called often: the gestures that are certain by now. The player has obeyed them already. */
  observe(state: PlayerState): Gesture[] {
    if (!this.mayBePersons()) {
      this.reset();
      return [];
    }
    return this.gestures.observe({
      nowMs: this.around.clock.nowMs(),
      state,
      positionS: this.driver.positionS() ?? 0,
      rate: this.driver.rate,
      target: {
        playing: this.target.playing,
        positionS: this.driver.isLive ? (this.driver.positionS() ?? 0) : this.target.positionS(),
        ended: this.target.isEnded(),
      },
    });
  }

  private mayBePersons(): boolean {
    return (
      this.around.isConnected() &&
      !this.around.isHidden() &&
      this.driver.arrivingAtS === undefined &&
      !this.driver.mayStartLate &&
      this.driver.videoId === this.target.videoId &&
      this.driver.sinceOperationMs >= COOLDOWN_MS
    );
  }
}
