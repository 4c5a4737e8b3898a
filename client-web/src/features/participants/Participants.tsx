import { useCallback, useRef, useState } from 'react';
import { MAX_PEOPLE_SEARCH_CHARACTERS } from '../../constants';
import { message, Name } from '../../language/message';
import { isHost } from '../../sync/roles';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { ScrollArea } from '../../ui/ScrollArea';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { Words } from '../../ui/Words';
import { LockHint } from './LockHint';
import type { Listed } from './listing';
import { PageTurner } from './PageTurner';
import { PersonLine } from './PersonLine';
import { RenameDialog } from './RenameDialog';
import { usePeopleList } from './usePeopleList';
import { useSight } from './useSight';

interface Props {
  readonly session: Session;
  readonly roomName: string | undefined;
  /** Opens the settings of the room; only a host is asked to. */
  readonly onSettings: () => void;
  readonly onLeave: () => void;
}

/** The people in the room, what they may do with each other, and what holds for all of them. */
export function Participants({ session, roomName, onSettings, onLeave }: Props) {
  const { say, number } = useLanguage();
  const { people, pages } = usePeopleList(session);
  const count = useStore(session.view, view => view.peopleCount);
  const selfId = useStore(session.view, view => view.selfId);
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const hosts = useStore(session.view, view => view.room?.hosts);
  const amHost = useStore(session.view, isHost);
  const [isRenaming, setRenaming] = useState(false);
  const [removing, setRemoving] = useState<Listed>();
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useSight(
    list,
    useCallback((isInSight: boolean) => session.pages.sightChanged(isInSight), [session]),
  );

  async function kick(person: Listed) {
    setRemoving(undefined);
    const refused = await session.host.kick(person.id);
    if (refused) session.report(refused);
  }

  return (
    <section aria-labelledby="people" className="rounded-2xl bg-surface p-4">
      <h2
        ref={heading}
        id="people"
        tabIndex={-1}
        className="flex items-baseline justify-between font-semibold outline-none"
      >
        {say('people.title')}
        <span className="text-sm font-medium text-muted tabular-nums">
          {isOnline ? number(count) : say('people.lastKnown')}
        </span>
      </h2>
      {roomName && (
        <p className="text-sm text-muted wide:hidden">
          <bdi>{roomName}</bdi>
        </p>
      )}
      <LockHint session={session} />
      {pages && (
        <input
          type="search"
          className="mt-3 min-h-10 w-full pointer-coarse:min-h-11 rounded-full border border-field bg-surface px-4 text-sm placeholder:text-muted"
          aria-label={say('people.search')}
          placeholder={say('people.search')}
          maxLength={MAX_PEOPLE_SEARCH_CHARACTERS}
          value={pages.search}
          onChange={event => pages.onSearch(event.target.value)}
        />
      )}
      <div ref={list}>
        <ScrollArea labelledBy="people" className="-mx-1 mt-3 max-h-72 px-1 wide:max-h-[42dvh]">
          <ul className="flex flex-col gap-1" aria-labelledby="people">
            {people.map(person => (
              <PersonLine
                key={person.id}
                session={session}
                person={person}
                isSelf={person.id === selfId}
                isHost={hosts?.includes(person.id) ?? false}
                isFirstHost={hosts?.[0] === person.id}
                isOnlyHost={hosts?.length === 1}
                amHost={amHost}
                heir={heading}
                onRename={() => setRenaming(true)}
                onLeave={onLeave}
                onRemove={() => setRemoving(person)}
              />
            ))}
          </ul>
        </ScrollArea>
      </div>
      {pages && <PageTurner pages={pages} />}
      {isOnline && count === 1 && (
        <p className="mt-3 text-sm text-pretty text-muted">{say('people.alone')}</p>
      )}
      {amHost && (
        <Button className="mt-4 w-full text-sm" aria-haspopup="dialog" onClick={onSettings}>
          {say('room.settings')}
        </Button>
      )}
      {isRenaming && <RenameDialog session={session} onClose={() => setRenaming(false)} />}
      {removing && (
        <ConfirmDialog
          title={<Words of={message('people.removeTitle', { name: new Name(removing.username) })} />}
          about={say('people.removeAbout')}
          confirm={say('people.remove')}
          onConfirm={() => kick(removing)}
          onDecline={() => setRemoving(undefined)}
        />
      )}
    </section>
  );
}
