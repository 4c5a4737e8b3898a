import { storage } from '../ui/storage';

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

const KEY = 'watchparty.identities';
const MAX_ROOMS = 50;

/** Remembers an identity for each room, at most MAX_ROOMS; the rooms of longest ago go first. */
export const identities = {
  /** Undefined if there is none, or if it has expired. */
  of(room: string): Identity | undefined {
    const kept = readAll().find(each => each.room === room);
    if (!kept) return undefined;
    const { participantId, token, expiresAt } = kept;
    return { participantId, token, expiresAt };
  },
  keep(room: string, { participantId, token, expiresAt }: Identity): void {
    const others = readAll().filter(each => each.room !== room);
    const kept = [...others, { room, participantId, token, expiresAt }].slice(-MAX_ROOMS);
    storage.write(KEY, JSON.stringify(kept));
  },
};

function readAll(): Kept[] {
  const now = Date.now();
  return storage.readList(KEY, isKept).filter(({ expiresAt }) => expiresAt > now);
}

function isKept(value: unknown): value is Kept {
  const { room, participantId, token, expiresAt } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof room === 'string' &&
    typeof participantId === 'string' &&
    typeof token === 'string' &&
    typeof expiresAt === 'number'
  );
}
