import { useRef } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useCopy } from './useCopy';

/** The room's address, for sending to friends. */
export function InviteLink() {
  const field = useRef<HTMLInputElement>(null);
  const { say } = useLanguage();
  const { said, copy } = useCopy();
  return (
    <div className="text-left">
      <label htmlFor="invite-link" className="px-1 text-sm font-medium text-muted">
        {say('invite.link')}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={field}
          id="invite-link"
          type="text"
          readOnly
          className="min-h-11 min-w-0 grow rounded-full border border-line bg-sunken px-4"
          value={window.location.href}
          onFocus={event => event.target.select()}
        />
        <Button className="flex min-h-11 items-center gap-2 whitespace-nowrap" onClick={copy}>
          <Icon name={said ? 'check' : 'link'} />
          <span aria-live="polite">{say(said ? 'invite.copied' : 'invite.copyLink')}</span>
        </Button>
      </div>
    </div>
  );
}
