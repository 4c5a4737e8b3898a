import { SELF_TOLERANCE_S, START_PATIENCE_MS } from '../constants';
import type { Command, CommandKind } from './command';
import { HeldCommands } from './heldCommands';
import type { Gesture } from './nativeGestures';
import type { PendingCommands } from './pendingCommands';
import type { PlaybackSurroundings } from './playbackSurroundings';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerDriver } from './playerDriver';
import type { ViewPublisher } from './viewPublisher';

/**
 * Sends the commands of the person at this page to the room: at once, or when the player has started. A command is
 * pending from the moment that it is made, held or sent, until the room has answered or it is forgotten.
 */
export class CommandSender {
  private readonly around: PlaybackSurroundings;
  private readonly driver: PlayerDriver;
  private readonly target: PlaybackTarget;
  private readonly pending: PendingCommands;
  private readonly publisher: ViewPublisher;
  private readonly held: HeldCommands;

  constructor(
    around: PlaybackSurroundings,
    driver: PlayerDriver,
    target: PlaybackTarget,
    pending: PendingCommands,
    publisher: ViewPublisher,
  ) {
    this.around = around;
    this.driver = driver;
    this.target = target;
    this.pending = pending;
    this.publisher = publisher;
    this.held = new HeldCommands(around.clock);
  }

  /** Whether a pending command leads this page away from the room's state. */
  get isPending(): boolean {
    return this.pending.target !== undefined;
  }

  /** Whether the room has not heard or not answered a command. */
  get isUnanswered(): boolean {
    return this.pending.awaitsAnswer || !this.held.isEmpty;
  }

  get isOverdue(): boolean {
    return this.pending.isOverdue && this.held.isEmpty;
  }

  get holdsPlay(): boolean {
    return this.held.has('play');
  }

  get heldIsDue(): boolean {
    return this.held.isDue(this.isComingUnderWay());
  }

  /** From where a person takes the next step, s. */
  positionOfPersonS(): number {
    const targetS = this.target.positionS();
    return this.held.isEmpty ? (this.target.timeOfPlayer().timeS ?? targetS) : targetS;
  }

  /** Sends a command that asks for that state of the room; false when there is no connection. */
  send(command: Command, playing: boolean, positionS: number): boolean {
    if (!this.around.send(command)) return false;
    this.pending.sent(command.kind);
    this.makePending(playing, positionS);
    this.publisher.publish();
    return true;
  }

  /** Sends a gesture, which overrules all that is held. */
  sendGesture({ kind, timeS }: Gesture): void {
    this.held.forget();
    const playing = kind === 'seek' ? this.target.playing : kind === 'play';
    if (this.driver.isLive) this.send({ kind }, playing, this.target.positionS());
    else this.send({ kind, timeS }, playing, timeS);
  }

  /** Keeps a command back until it is due. */
  hold(kind: 'play' | 'seek', playing: boolean, positionS: number): void {
    this.makePending(playing, positionS);
    this.held.hold(kind);
  }

  /** Sends all that is held; false when there is no connection. */
  sendHeld(): boolean {
    const hasSeek = this.held.has('seek');
    const hasPlay = this.held.has('play');
    this.held.forget();
    if (!hasSeek && !hasPlay) return true;
    const { playing } = this.target;
    // The clock of the pending command ran on while it was held. The player may have stood still.
    const toleranceS = SELF_TOLERANCE_S + START_PATIENCE_MS / 1000;
    const timeS = this.target.timeOfPlayer(toleranceS).timeS ?? this.target.positionS();
    if (hasSeek && !this.send({ kind: 'seek', timeS }, playing, timeS)) return false;
    if (!hasPlay) return true;
    return this.send({ kind: 'play', ...(this.driver.isLive ? {} : { timeS }) }, playing, timeS);
  }

  /** Takes back a play before the room was told of it; false when a held seek does not remain. */
  takeBackPlay(): boolean {
    this.held.release('play');
    if (this.held.isEmpty) return false;
    this.makePending(false, this.target.positionS());
    return true;
  }

  /** Takes a change of the room; true if it answers a command of ours. */
  roomChanged(kind: CommandKind, byOurName: boolean): boolean {
    const answersUs = byOurName && this.pending.answer(kind);
    if (kind === 'play') this.held.release('play');
    return answersUs;
  }

  forget(): void {
    this.pending.forget();
    this.held.forget();
  }

  private makePending(playing: boolean, positionS: number): void {
    this.pending.make(this.target.videoId, playing, positionS, this.around.latencyMs());
  }

  private isComingUnderWay(): boolean {
    if (!this.driver.isAttached || !this.target.playing) return false;
    return this.driver.state() !== 'playing' || this.driver.arrivingAtS !== undefined;
  }
}
