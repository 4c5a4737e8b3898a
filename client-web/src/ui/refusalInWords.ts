import { type Message, message } from '../language/message';

interface Refusal {
  readonly event?: string;
  readonly code?: string;
  /** The server's own words, in English. */
  readonly message: string;
}

/** The server's refusal in words for people: by its code, or in the server's words if the code says too little. */
export function refusalInWords({ event, code, message: words }: Refusal): Message {
  switch (code) {
    case 'ROOM_FULL':
      return 'refusal.roomFull';
    case 'RATE_LIMITED':
      return 'refusal.tooMuch';
    case 'UNAVAILABLE':
      return 'refusal.unavailable';
    case 'INVALID_VIDEO':
      return 'refusal.noSuchVideo';
    case 'NOT_ALLOWED':
      return notAllowedInWords(event);
    default:
      return words === ''
        ? 'refusal.withoutReason'
        : message('refusal.inServersWords', { reason: asSentence(words) });
  }
}

function notAllowedInWords(event = ''): Message {
  if (event.startsWith('session:')) return 'room.onlyHostSteers';
  return event === 'room:removeHost' ? 'refusal.lastHost' : 'refusal.onlyHosts';
}

function asSentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
