import type { Session } from '../../sync/session';
import { connectionProblemInWords } from '../../ui/connectionInWords';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';

/** Says what a lost connection means for the person. ConnectionStatus alone announces its state. */
export function ConnectionBanner({ session }: { session: Session }) {
  const { say } = useLanguage();
  const connection = useStore(session.view, view => view.connection);
  const problem = useStore(session.view, connectionProblemInWords);
  const hasVideo = useStore(session.playback.view, view => view.videoId !== '');
  if (connection === 'online' || connection === 'connecting') return null;
  return (
    <div className="rounded-2xl border border-warn/40 bg-surface px-4 py-3">
      <p className="font-semibold text-warn">
        {say(connection === 'offline' ? 'connection.youAreOffline' : 'connection.lost')}
      </p>
      <p className="text-sm text-muted">
        {connection === 'reconnecting' && problem && `${say(problem)} `}
        {say(hasVideo ? 'connection.youCatchUp' : 'connection.youComeBack')}
      </p>
    </div>
  );
}
