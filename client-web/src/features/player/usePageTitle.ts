import { useEffect } from 'react';
import { message } from '../../language/message';
import type { Session } from '../../sync/session';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';

/** Names the browser's tab after the video and the room, as far as they have titles. */
export function usePageTitle(session: Session, videoTitle: string): void {
  const { say } = useLanguage();
  const roomTitle = useStore(session.view, view => view.room?.title ?? '');
  useEffect(() => {
    document.title = say(titleOf(videoTitle, roomTitle));
    return () => {
      document.title = say('page.name');
    };
  }, [videoTitle, roomTitle, say]);
}

function titleOf(video: string, room: string) {
  if (video !== '' && room !== '') return message('page.titleWithVideoInRoom', { title: video, room });
  const title = video || room;
  return title === '' ? 'page.name' : message('page.titleWithVideo', { title });
}
