import { type FormEvent, useId, useRef, useState } from 'react';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { PasswordField } from '../../ui/PasswordField';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import type { Ask } from './RoomSettings';

/** The password that newcomers need. The server keeps no readable one, so a host can only set another. */
export function PasswordSetting({ session, ask }: { session: Session; ask: Ask }) {
  const { say } = useLanguage();
  const id = useId();
  const has = useStore(session.view, view => view.room?.hasPassword ?? false);
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(password === '');
    if (password === '') input.current?.focus();
    else if (await ask(session.host.update({ password }))) setPassword('');
  }

  return (
    <form onSubmit={submit} noValidate>
      <PasswordField
        input={input}
        value={password}
        isInvalid={isMissing}
        describedBy={`${id}-state ${id}-error`}
        autoComplete="off"
        onChange={typed => {
          setPassword(typed);
          setMissing(false);
        }}
      />
      <p id={`${id}-error`} role="alert" className="mt-1.5 px-1 text-sm text-bad empty:hidden">
        {isMissing && say('door.passwordMissing')}
      </p>
      <p id={`${id}-state`} className="mt-1.5 px-1 text-sm text-pretty text-muted">
        {say(has ? 'room.hasPassword' : 'room.hasNoPassword')}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" className="min-h-11 grow">
          {say(has ? 'room.changePassword' : 'room.setPassword')}
        </Button>
        {has && (
          <Button className="min-h-11 grow" onClick={() => ask(session.host.update({ password: null }))}>
            {say('room.removePassword')}
          </Button>
        )}
      </div>
    </form>
  );
}
