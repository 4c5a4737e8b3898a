import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useCopy } from './useCopy';

/** Copies the room's address. */
export function InviteButton() {
  const { say } = useLanguage();
  const { said, copy } = useCopy();
  return (
    <Button className="flex items-center gap-2 whitespace-nowrap max-[22rem]:px-2.5" onClick={copy}>
      <Icon name={said ? 'check' : 'link'} />
      <span aria-live="polite" className="max-[22rem]:sr-only">
        {say(said ? 'invite.linkCopied' : 'invite.invite')}
      </span>
    </Button>
  );
}
