/** The server's refusal in words for people: by its code, or in the server's words if the code says too little. */
export function refusalInWords({
  code,
  message,
}: {
  readonly code?: string;
  readonly message: string;
}): string {
  switch (code) {
    case 'ROOM_FULL':
      return 'This room is full. Come back when somebody has left, or open a room of your own.';
    case 'RATE_LIMITED':
      return 'That was too much at once. Wait a moment and try again.';
    case 'UNAVAILABLE':
      return 'The server could not do that just now. Try again in a moment.';
    case 'INVALID_VIDEO':
      return 'There is no such video. Copy its link again from YouTube.';
    default:
      return asSentence(message);
  }
}

function asSentence(text: string): string {
  if (text === '') return 'The server refused it.';
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
