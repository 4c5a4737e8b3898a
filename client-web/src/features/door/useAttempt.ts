import { useState } from 'react';
import type { PlainKey } from '../../language/message';
import type { Refusal, Session } from '../../sync/session';
import { connectionProblemInWords } from '../../ui/connectionInWords';
import { useStore } from '../../ui/useStore';

interface Attempt {
  /** Whether the room has not answered yet; its answer is another refusal, or the way in. */
  readonly isWaiting: boolean;
  /** Why there is no answer yet. */
  readonly problem: PlainKey | undefined;
  readonly attempt: (password?: string) => void;
}

/** Further attempts to enter a room that has refused it. */
export function useAttempt(session: Session, refusal: Refusal): Attempt {
  const [attempted, setAttempted] = useState<number>();
  const problem = useStore(session.view, connectionProblemInWords);
  const isWaiting = attempted === refusal.id;
  return {
    isWaiting,
    problem: isWaiting ? problem : undefined,
    attempt: password => {
      setAttempted(refusal.id);
      session.enterAgain(password);
    },
  };
}
