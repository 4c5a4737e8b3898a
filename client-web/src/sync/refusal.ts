import type { RequestError } from '../protocol/messages';

const CODES = [
  'ROOM_LOCKED',
  'PASSWORD_REQUIRED',
  'WRONG_PASSWORD',
  'RATE_LIMITED',
  'KICKED',
  'ROOM_CLOSED',
  'DEFAULT_ROOM_OFF',
] as const;

/** Why the room does not let this page in, or not any more. */
export type RefusalCode = (typeof CODES)[number];

const ENTRY = 'session:init';
const EVENTS = [ENTRY, 'room:kick', 'room:close'];

/** The code of an error that ends the stay in the room; undefined for the errors of requests. */
export function refusalCodeOf({ event, code }: RequestError): RefusalCode | undefined {
  // A host who asks too fast stays.
  if (code === 'RATE_LIMITED' && event !== ENTRY) return undefined;
  return EVENTS.includes(event) ? CODES.find(known => known === code) : undefined;
}

/** The code with which the server refuses a connection because of its room. */
export function refusalCodeOfConnection(error: Error): RefusalCode | undefined {
  const { data } = error as { data?: { code?: unknown } };
  return data?.code === 'DEFAULT_ROOM_OFF' ? data.code : undefined;
}
