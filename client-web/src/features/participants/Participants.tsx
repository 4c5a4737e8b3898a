import type { Session } from '../../sync/session';
import { Avatar } from '../../ui/Avatar';
import { ScrollArea } from '../../ui/ScrollArea';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';

interface Props {
  readonly session: Session;
  readonly roomName: string | undefined;
}

export function Participants({ session, roomName }: Props) {
  const { say, number } = useLanguage();
  const participants = useStore(session.view, view => view.participants);
  const selfId = useStore(session.view, view => view.selfId);
  const isOnline = useStore(session.view, view => view.connection === 'online');
  return (
    <section aria-labelledby="people" className="rounded-2xl bg-surface p-4">
      <h2 id="people" className="flex items-baseline justify-between font-semibold">
        {say('people.title')}
        <span className="text-sm font-medium text-muted tabular-nums">
          {isOnline ? number(participants.length) : say('people.whenLastSeen')}
        </span>
      </h2>
      {roomName && <p className="text-sm text-muted wide:hidden">{roomName}</p>}
      <ScrollArea labelledBy="people" className="mt-3 max-h-72 wide:max-h-[42dvh]">
        <ul className="flex flex-col gap-2" aria-labelledby="people">
          {participants.map(({ id, username, colour }) => (
            <li key={id} className="flex min-w-0 items-center gap-3">
              <Avatar name={username} colour={colour} />
              <bdi className="min-w-0">{username}</bdi>
              {id === selfId && (
                <span className="shrink-0 rounded-full border border-transparent bg-sunken px-2 py-0.5 text-xs font-medium text-muted">
                  {say('people.you')}
                </span>
              )}
            </li>
          ))}
        </ul>
      </ScrollArea>
      {isOnline && participants.length === 1 && (
        <p className="mt-3 text-sm text-pretty text-muted">{say('people.alone')}</p>
      )}
    </section>
  );
}
