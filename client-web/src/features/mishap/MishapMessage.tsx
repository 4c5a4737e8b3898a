import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { mishap } from './mishaps';

/** Says that something went wrong, whatever it was. However often that happens, there is one message. */
export function MishapMessage() {
  const { say } = useLanguage();
  const isShown = useStore(mishap, value => value);
  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-4 top-4 z-20 flex justify-center *:pointer-events-auto"
    >
      {isShown && (
        <div className="flex items-center gap-2 rounded-2xl border border-bad/40 bg-surface py-2 pr-1 pl-4 shadow-lg">
          <p className="min-w-0">{say('mishap.message')}</p>
          <Button className="whitespace-nowrap" onClick={() => window.location.reload()}>
            {say('mishap.reload')}
          </Button>
          <Button look="icon" aria-label={say('message.dismiss')} onClick={() => mishap.set(false)}>
            <Icon name="close" className="size-4" />
          </Button>
        </div>
      )}
    </div>
  );
}
