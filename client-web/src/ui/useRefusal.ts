import type { Message } from '../language/message';
import { refusalInWords } from './refusalInWords';
import { type Readable, useStore } from './useStore';

interface Refusal {
  readonly event: string;
  readonly code?: string;
  readonly message: string;
}

/** The server's last refusal, in words, if it was of this event. */
export function useRefusal(
  view: Readable<{ readonly notice: Refusal | undefined }>,
  event: string,
): Message | undefined {
  const refusal = useStore(view, ({ notice }) => (notice?.event === event ? notice : undefined));
  return refusal && refusalInWords(refusal);
}
