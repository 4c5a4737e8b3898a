import { type ReactNode, useEffect, useRef } from 'react';
import type { PlainKey } from '../../language/message';
import type { RefusalCode } from '../../sync/refusal';
import type { Refusal, Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import { Welcome } from '../../ui/Welcome';
import { PasswordForm } from './PasswordForm';
import { useAttempt } from './useAttempt';

interface Props {
  readonly session: Session;
  readonly refusal: Refusal;
  /** Goes to where a person can start a party. */
  readonly onStart: () => void;
}

/** For a person whom the room does not let in, or has sent away. */
export function RefusedScreen({ session, refusal, onStart }: Props) {
  const { say } = useLanguage();
  const { title, about } = WORDS[refusal.code];
  const asksPassword = WITH_PASSWORD.includes(refusal.code);
  const canRetry = asksPassword || refusal.code === 'ROOM_LOCKED';
  return (
    <Welcome>
      <Heading key={title} title={say(title)}>
        {say(about)}
      </Heading>
      {asksPassword && <PasswordForm session={session} refusal={refusal} />}
      {refusal.code === 'ROOM_LOCKED' && <Retry session={session} refusal={refusal} />}
      <Button
        look={canRetry ? 'quiet' : 'primary'}
        className="mt-3 min-h-12 w-full text-lg"
        onClick={onStart}
      >
        {say(refusal.code === 'DEFAULT_ROOM_OFF' ? 'door.goHome' : 'door.startAnother')}
      </Button>
    </Welcome>
  );
}

const WITH_PASSWORD: readonly RefusalCode[] = ['PASSWORD_REQUIRED', 'WRONG_PASSWORD', 'RATE_LIMITED'];
const PASSWORD = { title: 'door.passwordTitle', about: 'door.passwordAbout' } as const;

const WORDS: Readonly<Record<RefusalCode, { readonly title: PlainKey; readonly about: PlainKey }>> = {
  PASSWORD_REQUIRED: PASSWORD,
  WRONG_PASSWORD: PASSWORD,
  RATE_LIMITED: { title: 'door.tooManyTitle', about: 'door.tooManyAbout' },
  ROOM_LOCKED: { title: 'door.lockedTitle', about: 'door.lockedAbout' },
  KICKED: { title: 'door.removedTitle', about: 'door.removedAbout' },
  ROOM_CLOSED: { title: 'door.closedTitle', about: 'door.closedAbout' },
  DEFAULT_ROOM_OFF: { title: 'door.offTitle', about: 'door.offAbout' },
};

/** A screen reader announces where the person is now. */
function Heading({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="text-2xl font-bold tracking-tight text-balance outline-none">
        {title}
      </h2>
      <p className="mt-1 mb-5 text-pretty text-muted">{children}</p>
    </>
  );
}

function Retry({ session, refusal }: { session: Session; refusal: Refusal }) {
  const { say } = useLanguage();
  const { isWaiting, problem, attempt } = useAttempt(session, refusal);
  return (
    <>
      <Button
        look="primary"
        className="min-h-12 w-full text-lg"
        disabled={isWaiting}
        aria-busy={isWaiting}
        onClick={() => attempt()}
      >
        {say(isWaiting ? 'door.waiting' : 'player.tryAgain')}
      </Button>
      <p role="status" className="mt-1.5 px-1 text-sm text-warn empty:hidden">
        {problem && say(problem)}
      </p>
    </>
  );
}
