import type { Session } from '../../sync/session';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { Words } from '../../ui/Words';
import { activityInWords, isPlaybackAction, type SyncMood, syncInWords } from './words';

const MOOD: Record<SyncMood, string> = { good: 'text-ok', working: 'text-warn', idle: 'text-muted' };

/**
 * The last action on the video, in words, and how far this player is from the room. Both keep their place while there
 * is nothing to say, because the distance appears and disappears all the time.
 */
export function NowLine({ session }: { session: Session }) {
  const { say } = useLanguage();
  const last = useStore(session.view, view => view.activity.find(isPlaybackAction));
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const mood = useStore(session.playback.view, view => syncInWords(view)?.mood);
  const words = useStore(session.playback.view, view => {
    const sync = syncInWords(view);
    return sync && say(sync.words);
  });
  return (
    <div className="flex justify-between gap-x-6 gap-y-1 text-sm *:min-h-5 max-sm:flex-col">
      <p className="min-w-0 break-words" data-testid="last-action">
        {last && <Words of={activityInWords(last)} />}
      </p>
      <div className="shrink-0">
        {isOnline && mood && words && (
          <p className={`font-medium tabular-nums ${MOOD[mood]}`} data-testid="sync-delta">
            {words}
          </p>
        )}
      </div>
    </div>
  );
}
