import type { Activity, Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import { activityInWords } from './words';

/** What happened in the room, the newest first; only the newest is read out. */
export function ActivityList({ session }: { session: Session }) {
  const activity = useStore(session.view, view => view.activity);
  const [newest] = activity;
  return (
    <>
      <p role="status" className="sr-only">
        {newest && activityInWords(newest)}
      </p>
      {newest && <Entries activity={activity} />}
    </>
  );
}

function Entries({ activity }: { activity: readonly Activity[] }) {
  return (
    <section aria-labelledby="activity" className="rounded-2xl bg-surface p-4">
      <h2 id="activity" className="font-semibold">
        What happened
      </h2>
      <ol
        className="mt-2 flex max-h-56 flex-col gap-1.5 overflow-y-auto text-sm text-muted"
        aria-labelledby="activity"
      >
        {activity.map(entry => (
          <li key={entry.id} className="break-words first:text-ink">
            {activityInWords(entry)}
          </li>
        ))}
      </ol>
    </section>
  );
}
