import type { Session } from '../../sync/session';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';

/** Says that the room is locked, to all who wonder why nobody comes. */
export function LockHint({ session }: { session: Session }) {
  const { say } = useLanguage();
  const isLocked = useStore(session.view, view => view.room?.locked ?? false);
  if (!isLocked) return null;
  return (
    <p className="mt-1 flex gap-1.5 text-sm text-pretty text-muted">
      <Icon name="lock" className="mt-0.5 size-4 shrink-0" />
      {say('room.isLocked')}
    </p>
  );
}
