import type { Clock } from './clock';
import type { Playability } from './playability';
import type { PlaybackTarget } from './playbackTarget';
import type { PlaybackView } from './playbackView';
import type { PlayerDriver } from './playerDriver';
import { ShownDelta } from './shownDelta';
import { Store } from './store';

/** Draws up the view of the playback, and publishes it when it has changed. */
export class ViewPublisher {
  readonly view: Store<PlaybackView>;

  private readonly clock: Clock;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly playability: Playability;
  private readonly shownDelta = new ShownDelta();

  constructor(clock: Clock, driver: PlayerDriver, target: PlaybackTarget, playability: Playability) {
    this.clock = clock;
    this.driver = driver;
    this.target = target;
    this.playability = playability;
    this.view = new Store(this.look());
  }

  publish(): void {
    const next = this.look();
    const last = this.view.get();
    const isSame = (Object.keys(next) as (keyof PlaybackView)[]).every(key => next[key] === last[key]);
    if (!isSame) this.view.set(next);
  }

  /** To be called at an even pace: the shown difference is a median over time. */
  observeDelta(): void {
    this.shownDelta.observe(this.target.deltaMs(), this.clock.nowMs());
  }

  private look(): PlaybackView {
    const { videoId, playing } = this.target;
    const positionS = this.driver.arrivingAtS ?? this.driver.positionS() ?? this.target.positionS();
    return {
      videoId,
      playing,
      ended: this.target.isEnded(),
      playerState: this.driver.state(),
      positionS: Math.round(positionS * 4) / 4,
      durationS: this.driver.durationS,
      deltaMs: this.shownDelta.valueMs,
      blocked: this.playability.isBlocked,
      live: this.driver.isLive,
      behindEdgeS: Math.floor(this.driver.behindEdgeS),
      takesPart: this.playability.takesPart,
    };
  }
}
