import { REMOTE_TOLERANCE_S, SELF_TOLERANCE_S, SETTLE_MS } from '../constants';
import type { CommandSender } from './commandSender';
import type { Gesture } from './nativeGestures';
import type { Playability } from './playability';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerDriver } from './playerDriver';
import type { PlayerSync } from './playerSync';
import type { ViewPublisher } from './viewPublisher';

/** Obeys the person at this page: moves this player at once, and has the room told of it. */
export class PlaybackControls {
  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly playability: Playability;
  private readonly sync: PlayerSync;
  private readonly sender: CommandSender;
  private readonly publisher: ViewPublisher;

  constructor(
    around: PlaybackSurroundings,
    driver: PlayerDriver,
    target: PlaybackTarget,
    playability: Playability,
    sync: PlayerSync,
    sender: CommandSender,
    publisher: ViewPublisher,
  ) {
    this.around = around;
    this.driver = driver;
    this.target = target;
    this.playability = playability;
    this.sync = sync;
    this.sender = sender;
    this.publisher = publisher;
  }

  /**
   * Starts the player at once. The room is told when it has started, and from where: this player is then in step from
   * its first frame. If it were told at once, the room would be ahead by the time that a start takes.
   */
  play(): void {
    if (!this.canCommand()) return;
    if (this.target.isEnded()) {
      this.seekTo(0);
      if (this.target.playing) return;
    }
    this.sender.hold('play', true, this.sender.positionOfPersonS());
    this.sync.live.goToEdgeOncePlaying();
    this.driver.play();
    this.publisher.publish();
  }

  pause(): void {
    if (!this.canCommand()) return;
    if (this.sender.holdsPlay) {
      this.takeBackPlay();
      return;
    }
    this.sendHeld();
    const time = this.target.timeOfPlayer();
    const positionS = time.timeS ?? this.target.positionS();
    if (this.sender.send({ kind: 'pause', ...time }, false, positionS)) this.driver.pause();
  }

  /**
   * Moves the player at once, and tells the room when the person has come to rest and the player is there. Nothing
   * happens in a live stream: how far back one can go in it differs, and moves.
   */
  seekTo(positionS: number): void {
    if (!this.canCommand() || this.driver.isLive) return;
    const { durationS } = this.driver;
    const boundedS = Math.max(0, durationS > 0 ? Math.min(positionS, durationS) : positionS);
    this.sender.hold('seek', this.target.playing, boundedS);
    this.sync.movePlayer(boundedS);
    this.publisher.publish();
  }

  /** Seeks from where the person is, back by a negative step. */
  seekBy(stepS: number): void {
    this.seekTo(this.sender.positionOfPersonS() + stepS);
  }

  /**
   * Moves a video that has just been put on to another position, and leaves it paused. The room is told of a pause
   * there: at a seek the original's page would start its player, and with it the room. The page need not have a player
   * yet: the first video of a room brings it.
   */
  standAt(positionS: number): void {
    if (!this.around.isConnected() || !this.isAllowed() || this.driver.isLive) return;
    const isSent = this.sender.send({ kind: 'pause', timeS: positionS }, false, positionS);
    if (isSent) this.sync.movePlayer(positionS);
  }

  /** The player has obeyed the gesture already; the room follows. It does not follow everyone: then the player goes back. */
  obey(gesture: Gesture): void {
    if (!this.isAllowed()) {
      this.giveUp(REMOTE_TOLERANCE_S);
      return;
    }
    this.driver.setRate(1);
    this.sync.unsettle(SETTLE_MS);
    this.sender.sendGesture(gesture);
  }

  /** The server refused a command: the room's state holds. */
  refused(): void {
    if (this.sender.isPending) this.giveUp(REMOTE_TOLERANCE_S);
  }

  /** To be called often: sends commands that are due, and gives up those that the room does not answer. */
  checkCommands(): void {
    if (this.sender.heldIsDue) this.sendHeld();
    if (this.sender.isOverdue) this.giveUp(SELF_TOLERANCE_S);
  }

  private canCommand(): boolean {
    return this.playability.takesPart && this.around.isConnected() && this.isAllowed();
  }

  private isAllowed(): boolean {
    const allowed = this.around.maySteer();
    if (!allowed) this.around.denied();
    return allowed;
  }

  private sendHeld(): void {
    if (!this.sender.sendHeld()) this.refused();
  }

  /** Pause was pressed before the room was told to play: it need not know. */
  private takeBackPlay(): void {
    if (!this.sender.takeBackPlay()) {
      this.giveUp(REMOTE_TOLERANCE_S);
      return;
    }
    this.driver.pause();
    this.publisher.publish();
  }

  /** Goes back to the room's state. */
  private giveUp(toleranceS: number): void {
    this.sender.forget();
    this.sync.follow(toleranceS);
    this.publisher.publish();
  }
}
