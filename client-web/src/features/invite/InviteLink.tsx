import { useId } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useCopy } from './useCopy';

/** The room's address, for sending to friends. */
export function InviteLink({ address }: { address: string }) {
  const id = useId();
  const { say } = useLanguage();
  const { said, copy } = useCopy(address);
  return (
    <div className="text-left">
      <label htmlFor={id} className="px-1 text-sm font-medium text-muted">
        {say('invite.link')}
      </label>
      <div className="mt-1 flex flex-wrap gap-2">
        <input
          id={id}
          type="text"
          readOnly
          className="min-h-11 min-w-0 grow-[99] basis-48 rounded-full border border-line bg-sunken px-4 text-ellipsis"
          value={address}
          onFocus={event => event.target.select()}
        />
        <Button
          className="flex min-h-11 grow items-center justify-center gap-2 whitespace-nowrap"
          onClick={copy}
        >
          <Icon name={said ? 'check' : 'link'} />
          <span aria-live="polite">{say(said ? 'invite.copied' : 'invite.copyLink')}</span>
        </Button>
      </div>
    </div>
  );
}
