export type CommandKind = 'play' | 'pause' | 'seek';

/** A person's command to the room. Without a time it means the room's own position. */
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
