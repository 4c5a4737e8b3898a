import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { useStore } from '../../ui/useStore';

/** Offers each person in the room to bring back the video that was just replaced. */
export function UndoToast({ session }: { session: Session }) {
  const replaced = useStore(session.view, view => view.replaced);
  const isOnline = useStore(session.view, view => view.connection === 'online');
  return (
    <div role="status" className="max-w-full">
      {replaced && (
        <div
          data-message=""
          className="flex items-center gap-3 rounded-2xl border border-line bg-surface py-2 pr-2 pl-4 shadow-lg"
        >
          <p className="min-w-0 break-words">
            {replaced.own ? 'You' : replaced.username} replaced the video for everyone.
          </p>
          <Button look="primary" disabled={!isOnline} onClick={() => session.restoreVideo()}>
            Undo
          </Button>
        </div>
      )}
    </div>
  );
}
