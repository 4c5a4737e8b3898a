import type { Session } from '../../sync/session';
import { ScrollArea } from '../../ui/ScrollArea';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { Words } from '../../ui/Words';
import { activityInWords } from './words';

/** The events of the room, the newest first. */
export function ActivityList({ session }: { session: Session }) {
  const { say } = useLanguage();
  const activity = useStore(session.view, view => view.activity);
  if (activity.length === 0) return null;
  return (
    <section aria-labelledby="activity" className="rounded-2xl bg-surface p-4">
      <h2 id="activity" className="font-semibold">
        {say('activity.title')}
      </h2>
      <ScrollArea labelledBy="activity" className="mt-2 max-h-56 wide:max-h-[32dvh]">
        <ol className="flex flex-col gap-1.5 text-sm text-muted" aria-labelledby="activity">
          {activity.map(entry => (
            <li key={entry.id} className="first:text-ink">
              <Words of={activityInWords(entry)} />
            </li>
          ))}
        </ol>
      </ScrollArea>
    </section>
  );
}

/** Announces the latest event to people who do not see the list, or not at the moment. */
export function NewestActivity({ session }: { session: Session }) {
  const newest = useStore(session.view, view => view.activity[0]);
  return (
    <p role="status" className="sr-only">
      {newest && <Words of={activityInWords(newest)} />}
    </p>
  );
}
