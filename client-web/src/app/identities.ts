import { RoomMemory } from './roomMemory';

/** The participant that this browser is in one room, as the server has confirmed it. */
export interface Identity {
  readonly participantId: string;
  /** The proof, which is useless in another room. */
  readonly token: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

interface Kept extends Identity {
  readonly room: string;
}

const memory = new RoomMemory('watchparty.identities', isCurrent);

/** Remembers an identity for each room. */
export const identities = {
  /** Undefined if there is none, or if it has expired. */
  of(room: string): Identity | undefined {
    const kept = memory.of(room);
    if (!kept) return undefined;
    const { participantId, token, expiresAt } = kept;
    return { participantId, token, expiresAt };
  },
  keep(room: string, { participantId, token, expiresAt }: Identity): void {
    memory.keep({ room, participantId, token, expiresAt });
  },
};

function isCurrent(value: unknown): value is Kept {
  const { room, participantId, token, expiresAt } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof room === 'string' &&
    typeof participantId === 'string' &&
    typeof token === 'string' &&
    typeof expiresAt === 'number' &&
    expiresAt > Date.now()
  );
}
