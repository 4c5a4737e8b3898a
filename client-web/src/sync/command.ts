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
