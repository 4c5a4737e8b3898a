import { maySteer } from '../../sync/roles';
import type { Session } from '../../sync/session';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';

/** What the hosts have decided, as far as it concerns this person. */
export function RoomHints({ session }: { session: Session }) {
  const { say } = useLanguage();
  const isLocked = useStore(session.view, view => view.room?.locked ?? false);
  const steers = useStore(session.view, maySteer);
  if (!isLocked && steers) return null;
  return (
    <div className="mt-1 flex flex-col gap-1 text-sm text-pretty text-muted">
      {isLocked && (
        <p className="flex gap-1.5">
          <Icon name="lock" className="mt-0.5 size-4 shrink-0" />
          {say('room.isLocked')}
        </p>
      )}
      {!steers && <p>{say('room.onlyHostSteers')}</p>}
    </div>
  );
}
