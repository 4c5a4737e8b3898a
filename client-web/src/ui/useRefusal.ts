import { refusalInWords } from './refusalInWords';
import { type Readable, useStore } from './useStore';

interface Refusal {
  readonly event: string;
  readonly code?: string;
  readonly message: string;
}

/** What the server last refused, in words, if it was this event. */
export function useRefusal(
  view: Readable<{ readonly notice: Refusal | undefined }>,
  event: string,
): string | undefined {
  return useStore(view, ({ notice }) => (notice?.event === event ? refusalInWords(notice) : undefined));
}
