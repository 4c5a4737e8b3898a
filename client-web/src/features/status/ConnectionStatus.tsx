import type { ConnectionState, Session } from '../../sync/session';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { connectionInWords } from './words';

const DOT: Record<ConnectionState, string> = {
  connecting: 'bg-warn animate-pulse',
  online: 'bg-ok',
  reconnecting: 'bg-warn animate-pulse',
  offline: 'bg-bad',
};

export function ConnectionStatus({ session }: { session: Session }) {
  const { say } = useLanguage();
  const connection = useStore(session.view, view => view.connection);
  const words = useStore(session.view, connectionInWords);
  return (
    <p
      role="status"
      className="flex items-center gap-1.5 text-xs whitespace-nowrap text-muted sm:gap-2 sm:text-sm"
    >
      <span className={`size-2 rounded-full sm:size-2.5 ${DOT[connection]}`} aria-hidden="true" />
      <span className={connection === 'online' ? '' : 'font-medium text-ink'}>{say(words)}</span>
    </p>
  );
}
