import { type FormEvent, useRef, useState } from 'react';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { NameField } from '../../ui/NameField';
import { useLanguage } from '../../ui/useLanguage';
import { takeUsername } from '../../ui/username';

interface Props {
  readonly session: Session;
  readonly onClose: () => void;
}

/** Asks for another name in the room, which is also remembered for the next visits. */
export function RenameDialog({ session, onClose }: Props) {
  const { say } = useLanguage();
  const [name, setName] = useState(() => session.view.get().username ?? '');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const username = takeUsername(name);
    if (username === undefined) {
      setMissing(true);
      input.current?.focus();
      return;
    }
    if (username !== session.view.get().username) session.rename(username);
    onClose();
  }

  return (
    <Dialog title={say('join.changeName')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <NameField
          input={input}
          value={name}
          problem={isMissing ? 'join.nameNeeded' : undefined}
          onChange={typed => {
            setName(typed);
            setMissing(false);
          }}
        />
        <Button look="primary" type="submit" className="mt-4 w-full">
          {say('people.rename')}
        </Button>
      </form>
    </Dialog>
  );
}
