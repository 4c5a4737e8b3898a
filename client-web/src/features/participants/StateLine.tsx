import type { Session } from '../../sync/session';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { type StateInWords, stateInWords } from './stateInWords';

const TONES: Record<StateInWords['tone'], string> = {
  fine: 'text-muted',
  trouble: 'font-medium text-warn',
};

/**
 * How a person watches, below the name. As long as there is a video it keeps its height, because states come and go all
 * the time. For the same reason it is not announced.
 */
export function StateLine({ session, personId }: { session: Session; personId: string }) {
  const { say } = useLanguage();
  const hasVideo = useStore(session.playback.view, view => view.videoId !== '');
  const isVideoOver = useStore(session.playback.view, view => view.ended);
  const state = useStore(session.states.view, states => states.get(personId));
  if (!hasVideo) return null;
  const told = state && stateInWords(state, isVideoOver);
  return (
    <div
      className={`flex min-h-4 items-center gap-1 text-xs tabular-nums ${told ? TONES[told.tone] : ''}`}
      data-testid="person-state"
    >
      {told?.icon && <Icon name={told.icon} className="size-3.5 shrink-0" />}
      {told && say(told.words)}
    </div>
  );
}
