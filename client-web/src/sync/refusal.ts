import type { RequestError } from '../protocol/messages';

const CODES = ['ROOM_LOCKED', 'PASSWORD_REQUIRED', 'WRONG_PASSWORD', 'KICKED', 'ROOM_CLOSED'] as const;

/** Why the room does not let this page in, or not any more. */
export type RefusalCode = (typeof CODES)[number];

const EVENTS = ['session:init', 'room:kick', 'room:close'];

/** The code of an error that ends the stay in the room; undefined for the errors of requests. */
export function refusalCodeOf({ event, code }: RequestError): RefusalCode | undefined {
  return EVENTS.includes(event) ? CODES.find(known => known === code) : undefined;
}
