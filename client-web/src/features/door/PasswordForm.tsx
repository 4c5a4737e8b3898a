import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Refusal, Session } from '../../sync/session';
import { PasswordField } from '../../ui/PasswordField';
import { SubmitButton } from '../../ui/SubmitButton';
import { useLanguage } from '../../ui/useLanguage';
import { useAttempt } from './useAttempt';

/** Asks for the room's password, and tries to enter with it. */
export function PasswordForm({ session, refusal }: { session: Session; refusal: Refusal }) {
  const { say } = useLanguage();
  const errorId = useId();
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [changedAt, setChangedAt] = useState<number>();
  const input = useRef<HTMLInputElement>(null);
  const { isWaiting, problem, attempt } = useAttempt(session, refusal);
  const isWrong = refusal.code === 'WRONG_PASSWORD' && !isWaiting && changedAt !== refusal.id;

  useEffect(() => {
    if (isWrong) input.current?.focus();
  }, [isWrong]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isWaiting) return;
    setMissing(password === '');
    if (password === '') input.current?.focus();
    else attempt(password);
  }

  return (
    <form onSubmit={submit} noValidate>
      <PasswordField
        input={input}
        value={password}
        readOnly={isWaiting}
        isInvalid={isMissing || isWrong}
        describedBy={errorId}
        autoComplete="current-password"
        onChange={typed => {
          setPassword(typed);
          setMissing(false);
          setChangedAt(refusal.id);
        }}
      />
      <p id={errorId} role="alert" className="mt-1.5 px-1 text-sm text-bad empty:hidden">
        {isMissing && say('door.passwordMissing')}
        {isWrong && say('door.passwordWrong')}
      </p>
      <SubmitButton isWaiting={isWaiting} className="mt-4">
        {say(isWaiting ? 'door.waiting' : 'door.enter')}
      </SubmitButton>
      <p role="status" className="mt-1.5 px-1 text-sm text-warn empty:hidden">
        {problem && say(problem)}
      </p>
    </form>
  );
}
