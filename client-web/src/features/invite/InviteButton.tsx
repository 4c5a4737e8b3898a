import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';

const SAID_MS = 2500;

/** Copies the room's address. Where the browser refuses, shows it to be copied by hand. */
export function InviteButton() {
  const [copied, setCopied] = useState(false);

  async function copy() {
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      window.prompt('Copy this link and send it to your friends:', address);
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  }

  return (
    <Button className="flex items-center gap-2 whitespace-nowrap max-[22rem]:px-2.5" onClick={copy}>
      <Icon name={copied ? 'check' : 'link'} />
      <span aria-live="polite" className="max-[22rem]:sr-only">
        {copied ? 'Link copied' : 'Invite'}
      </span>
    </Button>
  );
}
