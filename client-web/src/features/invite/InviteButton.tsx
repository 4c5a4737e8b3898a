import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useCopy } from './useCopy';

/** Copies the room's address. On a phone there is room for the words or for the icon. */
export function InviteButton() {
  const { say } = useLanguage();
  const { said, copy } = useCopy();
  return (
    <Button className="flex items-center gap-2 whitespace-nowrap max-[29rem]:px-2.5" onClick={copy}>
      <Icon
        name={said ? 'check' : 'link'}
        className={said ? 'size-5' : 'size-5 min-[22.4rem]:max-[29rem]:hidden'}
      />
      <span aria-live="polite" className={said ? 'max-[29rem]:sr-only' : 'max-[22.4rem]:sr-only'}>
        {say(said ? 'invite.linkCopied' : 'invite.invite')}
      </span>
    </Button>
  );
}
