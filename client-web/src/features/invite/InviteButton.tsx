import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { InviteLink } from './InviteLink';
import { QrCode } from './QrCode';

/** Shows how to send the room's address to others. On a phone there is room for the words or for the icon. */
export function InviteButton({ address }: { address: string }) {
  const { say } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        className="flex items-center gap-2 whitespace-nowrap max-[29rem]:px-2.5"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="link" className="size-5 min-[22.4rem]:max-[29rem]:hidden" />
        <span className="max-[22.4rem]:sr-only">{say('invite.invite')}</span>
      </Button>
      {isOpen && (
        <Dialog title={say('invite.title')} onClose={() => setOpen(false)}>
          {/* A phone on its side has no room for the code below the link. */}
          <div className="flat:grid flat:grid-cols-[minmax(0,1fr)_11rem] flat:gap-5">
            <div>
              <InviteLink address={address} />
              {'share' in navigator && (
                <Button
                  className="mt-3 flex min-h-11 w-full items-center justify-center gap-2"
                  onClick={() => share({ title: say('page.name'), url: address })}
                >
                  <Icon name="share" />
                  {say('invite.share')}
                </Button>
              )}
            </div>
            <div className="mt-5 flat:mt-0">
              <p className="mb-3 px-1 text-sm text-muted">{say('invite.scan')}</p>
              <QrCode text={address} label={say('invite.code')} />
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}

async function share(data: ShareData): Promise<void> {
  try {
    await navigator.share(data);
  } catch {
    // The person closed the sheet, or nothing on this device takes links: the link is still there.
  }
}
