import { DRIFT_TOLERANCE_S, REMOTE_TOLERANCE_S, SELF_TOLERANCE_S, TICK_MS } from '../constants';
import type { Cancel } from './clock';
import type { RoomChange } from './command';
import { CommandSender } from './commandSender';
import { GestureWatch } from './gestureWatch';
import { PendingCommands } from './pendingCommands';
import { Playability } from './playability';
import { PlaybackControls } from './playbackControls';
import type { PlaybackSurroundings } from './playbackSurroundings';
import { PlaybackTarget } from './playbackTarget';
import type { PlaybackView } from './playbackView';
import type { PlayerPort, PlayerState } from './player';
import { conditionOf, type PlayerCondition } from './playerCondition';
import { PlayerDriver } from './playerDriver';
import { PlayerSync } from './playerSync';
import type { RoomPlayback } from './roomTimeline';
import type { Store } from './store';
import { ViewPublisher } from './viewPublisher';

/**
 * Keeps one player in step with the room, and turns a person's actions in it into commands.
 *
 * INVARIANT: a command is sent for a person's gesture only. A message of the room moves the player and is never sent
 * back: the player's events count as gestures only when they contradict the room after the player had obeyed it
 * (see {@link GestureWatch}).
 */
export class PlaybackController {
  readonly view: Store<PlaybackView>;

  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly playability: Playability;
  private readonly sync: PlayerSync;
  private readonly gestures: GestureWatch;
  private readonly sender: CommandSender;
  private readonly controls: PlaybackControls;
  private readonly publisher: ViewPublisher;

  private readonly stopTicking: Cancel;

  constructor(around: PlaybackSurroundings) {
    const { clock } = around;
    const driver = new PlayerDriver(clock, () => this.aboutToOperate());
    const pending = new PendingCommands(clock);
    const target = new PlaybackTarget(around, driver, pending);
    const playability = new Playability(around, driver, target);
    const sync = new PlayerSync(around, driver, target, playability);
    const publisher = new ViewPublisher(clock, driver, target, playability);
    const sender = new CommandSender(around, driver, target, pending, publisher);
    this.around = around;
    this.driver = driver;
    this.target = target;
    this.playability = playability;
    this.sync = sync;
    this.gestures = new GestureWatch(around, driver, target);
    this.sender = sender;
    this.controls = new PlaybackControls(around, driver, target, playability, sync, sender, publisher);
    this.publisher = publisher;
    this.view = publisher.view;
    this.stopTicking = clock.every(TICK_MS, () => this.tick());
  }

  /** Lets go of the player and does nothing afterwards. */
  close(): void {
    this.stopTicking();
    this.detach();
  }

  // The room.

  /** Takes the whole state of the room. Everything that was known or pending before is forgotten. */
  applySnapshot(playback: RoomPlayback): void {
    this.target.setRoom(playback);
    this.sender.forget();
    this.follow(REMOTE_TOLERANCE_S);
  }

  /** Takes a change of the room; true if it answers a command of ours. */
  applyChange({ kind, positionS, byOurName }: RoomChange): boolean {
    this.target.changeRoom(kind, positionS);
    const answersUs = this.sender.roomChanged(kind, byOurName);
    // Our last command may not have reached the room yet; it will overrule this change.
    if (this.sender.isUnanswered) return answersUs;
    this.sender.forget();
    this.follow(answersUs ? SELF_TOLERANCE_S : REMOTE_TOLERANCE_S);
    return answersUs;
  }

  applyVideoChange(videoId: string): void {
    this.target.setRoom({ videoId, playing: false, positionS: 0 });
    this.sender.forget();
    this.driver.unload();
    this.follow(REMOTE_TOLERANCE_S);
  }

  /** Takes the room's position. A heartbeat that `isNewer` than the last change says that the room plays. */
  applyHeartbeat(positionS: number, isNewer: boolean): void {
    if (this.target.roomPlays) {
      this.target.heartbeat(positionS);
      return;
    }
    if (!isNewer) return;
    this.target.changeRoom('play', positionS);
    if (!this.sender.isPending) this.follow(DRIFT_TOLERANCE_S);
  }

  /** The room's playback now, as the server told it; a video that has ended does not play. */
  roomPlayback(): RoomPlayback {
    return this.target.roomPlayback();
  }

  /** The server refused a command: the room's state holds. */
  commandRefused(): void {
    this.controls.refused();
  }

  // A person.

  /** Starts the player at once, and tells the room when it has started. */
  play(): void {
    this.controls.play();
  }

  pause(): void {
    this.controls.pause();
  }

  /** Plays or pauses. A player that waits for a click has got one: it joins the room's playback. */
  toggle(): void {
    if (this.playability.isBlocked) this.joinPlayback();
    else if (this.target.playing && !this.target.isEnded()) this.controls.pause();
    else this.controls.play();
  }

  /** Moves the player at once, and tells the room when it is there; does nothing in a live stream. */
  seekTo(positionS: number): void {
    this.controls.seekTo(positionS);
  }

  /** Seeks from where the person is, back by a negative step. */
  seekBy(stepS: number): void {
    this.controls.seekBy(stepS);
  }

  /** Moves a video that has just been put on to another position, and leaves it paused. */
  standAt(positionS: number): void {
    this.controls.standAt(positionS);
  }

  /** Takes this player alone to the edge of a live stream. */
  jumpToLive(): void {
    this.sync.live.jumpToEdge();
  }

  /** Starts the player out of a click, which every browser allows. */
  joinPlayback(): void {
    this.playability.unblock();
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
    this.sync.unsettle(0);
    this.playability.reset();
    this.publisher.publish();
  }

  /** The player cannot show the room's video. It commands nothing until it plays or there is another one. */
  playerFailed(): void {
    this.playability.fail();
    this.publisher.publish();
  }

  /** No player could be loaded. It counts as failed until one is attached, or {@link detach} is called for another attempt. */
  playerMissing(): void {
    this.playability.lackPlayer();
  }

  /** To be called on each change of the player's state, so that none falls between two ticks. */
  playerChanged(): void {
    this.tick();
  }

  autoplayBlocked(): void {
    if (!this.target.playing) return;
    this.playability.block();
    this.publisher.publish();
  }

  /** To be called when the page is shown or hidden: looks at the player again. */
  recheck(): void {
    this.driver.setRate(1);
    this.gestures.reset();
    this.sync.unsettle(0);
    if (!this.around.isHidden() && !this.sender.isPending) this.follow(DRIFT_TOLERANCE_S);
  }

  /** How the player is, for the others in the room. */
  condition(): PlayerCondition {
    return conditionOf(this.driver, this.target, this.playability);
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
    return this.target.deltaMs();
  }

  private follow(toleranceS: number): void {
    this.sync.follow(toleranceS);
    this.publisher.publish();
  }

  private aboutToOperate(): void {
    this.sync.aboutToOperate();
    this.gestures.reset();
  }

  private tick(): void {
    const state = this.driver.state();
    if (state !== 'none') {
      this.sync.notice(state);
      if (this.driver.notice()) this.gestures.reset();
      for (const gesture of this.gestures.observe(state)) this.controls.obey(gesture);
    }
    this.controls.checkCommands();
    if (state !== 'none' && this.mayCorrect()) this.sync.correct(state);
    this.publisher.observeDelta();
    this.publisher.publish();
  }

  private mayCorrect(): boolean {
    return (
      this.around.isConnected() &&
      !this.sender.isPending &&
      this.driver.arrivingAtS === undefined &&
      !this.gestures.isBusy &&
      this.target.videoId !== '' &&
      this.driver.videoId === this.target.videoId
    );
  }
}
