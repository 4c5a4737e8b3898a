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
): string | undefined {
  return useStore(view, ({ notice }) => (notice?.event === event ? refusalInWords(notice) : undefined));
}
