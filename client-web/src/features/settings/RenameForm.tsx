import { useId, useState } from 'react';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useNameForm } from '../../ui/useNameForm';
import { useRefusal } from '../../ui/useRefusal';
import { useStore } from '../../ui/useStore';

/** Changes the name of a person who is in the room, there and for the next visits. */
export function RenameForm({ session }: { session: Session }) {
  const { say } = useLanguage();
  const id = useId();
  const hasJoined = useStore(session.view, view => view.joined);
  const username = useStore(session.view, view => view.username ?? '');
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const refusal = useRefusal(session.view, 'session:join');
  const [isTaken, setTaken] = useState(false);
  const { input, name, problem, type, submit } = useNameForm(
    () => username,
    taken => {
      setTaken(true);
      session.rename(taken);
    },
  );
  const isSaved = isTaken && !refusal;

  if (!hasJoined) return null;

  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={id} className="px-1 text-sm font-medium">
        {say('join.name')}
      </label>
      <div className="mt-1 flex flex-wrap gap-2">
        <input
          ref={input}
          id={id}
          type="text"
          dir="auto"
          autoComplete="nickname"
          className="min-h-11 min-w-0 grow basis-40 rounded-full border border-field bg-surface px-4"
          value={name}
          aria-invalid={problem !== undefined || refusal !== undefined}
          aria-describedby={`${id}-error`}
          onChange={event => {
            type(event.target.value);
            setTaken(false);
            if (refusal) session.dismissNotice();
          }}
        />
        <Button
          type="submit"
          className="flex min-h-11 items-center gap-2 whitespace-nowrap"
          disabled={!isOnline}
        >
          {isSaved && <Icon name="check" />}
          <span aria-live="polite">{say(isSaved ? 'settings.saved' : 'settings.save')}</span>
        </Button>
      </div>
      <p id={`${id}-error`} role="alert" className="mt-1.5 px-1 text-sm text-bad empty:hidden">
        {problem ? say(problem) : refusal && say(refusal)}
      </p>
    </form>
  );
}
