import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useStore } from '../../ui/useStore';
import { mishap } from './mishaps';

/** Says that something went wrong, whatever it was. However often that happens, there is one message. */
export function MishapMessage() {
  const isShown = useStore(mishap, value => value);
  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-4 top-4 z-20 flex justify-center *:pointer-events-auto"
    >
      {isShown && (
        <div className="flex items-center gap-2 rounded-2xl border border-bad/40 bg-surface py-2 pr-1 pl-4 shadow-lg">
          <p className="min-w-0">Something went wrong on this page. If it does not work, reload it.</p>
          <Button onClick={() => window.location.reload()}>Reload</Button>
          <Button look="icon" aria-label="Dismiss" onClick={() => mishap.set(false)}>
            <Icon name="close" className="size-4" />
          </Button>
        </div>
      )}
    </div>
  );
}
