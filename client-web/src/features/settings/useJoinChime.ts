import { useEffect } from 'react';
import type { Session } from '../../sync/session';
import { chime, sounds } from './sounds';

/** Chimes when somebody else joins the room, if the person wants sounds. */
export function useJoinChime({ view }: Session): void {
  useEffect(() => {
    let last = view.get().activity[0];
    return view.subscribe(() => {
      const newest = view.get().activity[0];
      if (newest === last) return;
      last = newest;
      if (newest?.kind === 'joined' && !newest.own && sounds.view.get() === 'on') chime();
    });
  }, [view]);
}
