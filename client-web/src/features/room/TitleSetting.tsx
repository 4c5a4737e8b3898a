import { type FormEvent, useId, useState } from 'react';
import { MAX_ROOM_TITLE_CHARACTERS } from '../../constants';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import type { Ask } from './RoomSettings';

/** The name by which people know the room. */
export function TitleSetting({ session, ask }: { session: Session; ask: Ask }) {
  const { say } = useLanguage();
  const id = useId();
  const [title, setTitle] = useState(() => session.view.get().room?.title ?? '');

  async function submit(event: FormEvent) {
    event.preventDefault();
    await ask(session.host.update({ title }));
  }

  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={id} className="px-1 text-sm font-medium">
        {say('room.title')}
      </label>
      <div className="mt-1 flex flex-wrap gap-2">
        <input
          id={id}
          type="text"
          dir="auto"
          autoComplete="off"
          maxLength={MAX_ROOM_TITLE_CHARACTERS}
          className="min-h-11 min-w-0 grow basis-40 rounded-full border border-field bg-surface px-4"
          value={title}
          onChange={event => setTitle(event.target.value)}
        />
        <Button type="submit" className="min-h-11 whitespace-nowrap">
          {say('room.setTitle')}
        </Button>
      </div>
    </form>
  );
}
