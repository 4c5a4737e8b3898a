import { useEffect } from 'react';
import type { Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import type { YouTubePlayer } from './youtubePlayer';

const PAGE_TITLE = 'Watch Party';

/** The video's title, where YouTube tells it; the browser's tab shows it too. */
export function VideoTitle({ session, player }: { session: Session; player: YouTubePlayer | undefined }) {
  const { playback } = session;
  // The title comes with the film: a new state or length of the player is when to look.
  useStore(playback.view, view => `${view.videoId} ${view.playerState} ${view.durationS}`);
  const title = player?.title() ?? '';

  useEffect(() => {
    document.title = title === '' ? PAGE_TITLE : `${title} · ${PAGE_TITLE}`;
    return () => {
      document.title = PAGE_TITLE;
    };
  }, [title]);

  // The title comes later than the film, and must not move what is below it.
  return (
    <div className="mt-2 h-7 px-1">
      {title !== '' && <h2 className="truncate text-xl font-semibold tracking-tight">{title}</h2>}
    </div>
  );
}
