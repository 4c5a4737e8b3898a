import { useEffect } from 'react';
import { message } from '../../language/message';
import type { Session } from '../../sync/session';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import type { YouTubePlayer } from './youtubePlayer';

interface Props {
  readonly session: Session;
  readonly player: YouTubePlayer | undefined;
  /** Whether only the tab shows it. */
  readonly hidden: boolean;
}

/** The video's title, if YouTube reports it; the browser's tab shows it too. */
export function VideoTitle({ session, player, hidden }: Props) {
  const { say } = useLanguage();
  const { playback } = session;
  // The title arrives with the video, so a new state or length of the player is the time to read it.
  useStore(playback.view, view => `${view.videoId} ${view.playerState} ${view.durationS}`);
  const title = player?.title() ?? '';

  useEffect(() => {
    document.title = say(title === '' ? 'page.name' : message('page.titleWithVideo', { title }));
    return () => {
      document.title = say('page.name');
    };
  }, [title, say]);

  // The title arrives later than the video, and must not move the content below it.
  return (
    <div className="min-h-7 stacked:gutter" hidden={hidden}>
      {title !== '' && (
        <h2 className="text-lg leading-7 font-semibold tracking-tight sm:text-xl sm:leading-7">
          <bdi>{title}</bdi>
        </h2>
      )}
    </div>
  );
}
