import { useEffect } from 'react';
import type { Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import type { YouTubePlayer } from './youtubePlayer';

const PAGE_TITLE = 'Watch Party';

interface Props {
  readonly session: Session;
  readonly player: YouTubePlayer | undefined;
  /** Whether the tab alone shows it. */
  readonly hidden: boolean;
}

/** The video's title, where YouTube tells it; the browser's tab shows it too. */
export function VideoTitle({ session, player, hidden }: Props) {
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
    <div className="min-h-7 stacked:gutter" hidden={hidden}>
      {title !== '' && (
        <h2 className="text-lg leading-7 font-semibold tracking-tight sm:text-xl sm:leading-7">{title}</h2>
      )}
    </div>
  );
}
