import type { ConnectionState, Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import { connectionInWords } from './words';

const DOT: Record<ConnectionState, string> = {
  connecting: 'bg-warn animate-pulse',
  online: 'bg-ok',
  reconnecting: 'bg-warn animate-pulse',
  offline: 'bg-bad',
};

export function ConnectionStatus({ session }: { session: Session }) {
  const connection = useStore(session.view, view => view.connection);
  return (
    <p role="status" className="flex items-center gap-2 text-sm whitespace-nowrap text-muted">
      <span className={`size-2.5 rounded-full ${DOT[connection]}`} aria-hidden="true" />
      <span className="max-sm:sr-only">{connectionInWords(connection)}</span>
    </p>
  );
}
