import { HTTP_PATIENCE_MS } from '../../constants';

/** The things that the server offers to everyone. */
export interface ServerInfo {
  /** Whether the room that everyone shares is open. */
  readonly defaultRoom: boolean;
}

export interface RoomRequest {
  /** Without one, the server makes up a name that cannot be guessed. */
  readonly name?: string;
  readonly title?: string;
}

/** A room that was created, and the identity of its host. */
export interface CreatedRoom {
  readonly room: string;
  readonly participantId: string;
  readonly token: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

export interface CreationRefusal {
  readonly code?: string;
  /** The server's own words, in English. */
  readonly message: string;
}

export type Creation =
  | ({ readonly kind: 'created' } & CreatedRoom)
  | ({ readonly kind: 'refused' } & CreationRefusal)
  /** The server is of a version that creates a room when somebody enters it. */
  | { readonly kind: 'unsupported' };

/** Undefined if the server cannot be reached, or does not say. */
export async function askServer(place: URL): Promise<ServerInfo | undefined> {
  try {
    const response = await fetch(new URL('api/server', place), { signal: patience() });
    if (!response.ok) return undefined;
    const { defaultRoom } = await jsonOf(response);
    return typeof defaultRoom === 'boolean' ? { defaultRoom } : undefined;
  } catch {
    return undefined;
  }
}

export async function createRoom(place: URL, request: RoomRequest): Promise<Creation> {
  let response: Response;
  try {
    response = await fetch(new URL('api/rooms', place), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal: patience(),
    });
  } catch {
    return { kind: 'refused', code: 'UNREACHABLE', message: '' };
  }
  if (response.status === 404 || response.status === 405) return { kind: 'unsupported' };
  const answer = await jsonOf(response);
  if (response.ok && isCreatedRoom(answer)) return { ...answer, kind: 'created' };
  return { kind: 'refused', ...refusalOf(answer, response.status) };
}

function patience(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), HTTP_PATIENCE_MS);
  return controller.signal;
}

/** Something between the page and the server may answer in another form. */
async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  try {
    return ((await response.json()) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isCreatedRoom(answer: object): answer is CreatedRoom {
  const { room, participantId, token, expiresAt } = answer as Record<string, unknown>;
  return (
    typeof room === 'string' &&
    typeof participantId === 'string' &&
    typeof token === 'string' &&
    typeof expiresAt === 'number'
  );
}

function refusalOf({ error }: Record<string, unknown>, status: number): CreationRefusal {
  const { code, message } = (error ?? {}) as Record<string, unknown>;
  if (typeof code === 'string') return { code, message: typeof message === 'string' ? message : '' };
  if (status === 429) return { code: 'RATE_LIMITED', message: '' };
  return status >= 502 && status <= 504 ? { code: 'UNAVAILABLE', message: '' } : { message: '' };
}
