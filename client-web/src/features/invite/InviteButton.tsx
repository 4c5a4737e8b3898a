import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useCopy } from './useCopy';

/** Copies the room's address. */
export function InviteButton() {
  const { said, copy } = useCopy();
  return (
    <Button className="flex items-center gap-2 whitespace-nowrap max-[22rem]:px-2.5" onClick={copy}>
      <Icon name={said ? 'check' : 'link'} />
      <span aria-live="polite" className="max-[22rem]:sr-only">
        {said ? 'Link copied' : 'Invite'}
      </span>
    </Button>
  );
}
