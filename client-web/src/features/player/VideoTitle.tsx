import { useEffect } from 'react';
import type { Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import type { YouTubePlayer } from './youtubePlayer';

const PAGE_TITLE = 'Watch Party';

interface Props {
  readonly session: Session;
  readonly player: YouTubePlayer | undefined;
  /** Whether only the tab shows it. */
  readonly hidden: boolean;
}

/** The video's title, if YouTube reports it; the browser's tab shows it too. */
export function VideoTitle({ session, player, hidden }: Props) {
  const { playback } = session;
  // The title arrives with the video, so a new state or length of the player is the time to read it.
  useStore(playback.view, view => `${view.videoId} ${view.playerState} ${view.durationS}`);
  const title = player?.title() ?? '';

  useEffect(() => {
    document.title = title === '' ? PAGE_TITLE : `${title} · ${PAGE_TITLE}`;
    return () => {
      document.title = PAGE_TITLE;
    };
  }, [title]);

  // The title arrives later than the video, and must not move the content below it.
  return (
    <div className="min-h-7 stacked:gutter" hidden={hidden}>
      {title !== '' && (
        <h2 className="text-lg leading-7 font-semibold tracking-tight sm:text-xl sm:leading-7">{title}</h2>
      )}
    </div>
  );
}
