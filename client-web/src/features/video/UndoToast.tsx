import { message, Name } from '../../language/message';
import { maySteer } from '../../sync/roles';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { Words } from '../../ui/Words';

/** Offers each person who may steer to bring back the video that was just replaced. */
export function UndoToast({ session }: { session: Session }) {
  const { say } = useLanguage();
  const replaced = useStore(session.view, view => (maySteer(view) ? view.replaced : undefined));
  const isOnline = useStore(session.view, view => view.connection === 'online');
  return (
    <div role="status" className="max-w-full">
      {replaced && (
        <div
          data-message=""
          className="flex items-center gap-3 rounded-2xl border border-line bg-surface py-2 pr-2 pl-4 shadow-lg"
        >
          <p className="min-w-0 break-words">
            <Words
              of={
                replaced.own
                  ? 'video.replaced.own'
                  : message('video.replaced.other', { name: new Name(replaced.username) })
              }
            />
          </p>
          <Button
            look="primary"
            className="whitespace-nowrap"
            disabled={!isOnline}
            onClick={() => session.restoreVideo()}
          >
            {say('video.undo')}
          </Button>
        </div>
      )}
    </div>
  );
}
