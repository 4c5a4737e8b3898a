import { type ReactNode, useId, useRef } from 'react';
import { Button } from './Button';
import { Icon } from './Icon';
import { useLanguage } from './useLanguage';
import { useModal } from './useModal';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, shown as long as it is there. Escape closes it, and a click beside it. */
export function Dialog({ title, onClose, children }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const dialog = useModal(heading);
  const pressed = useRef<EventTarget>(null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same.
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-md overflow-y-auto overscroll-contain rounded-3xl border border-line bg-surface text-ink backdrop:bg-black/60"
      // The event comes late: the dialog may be open again.
      onClose={event => {
        if (!event.currentTarget.open) onClose();
      }}
      onPointerDown={event => {
        pressed.current = event.target;
      }}
      // Whoever selects text in the dialog may let go beside it.
      onClick={event => {
        if (event.target === dialog.current && event.target === pressed.current) onClose();
      }}
    >
      <div className="p-5 sm:p-6">
        <div className="mb-4 flex items-center justify-between gap-2">
          <h2 ref={heading} id={id} tabIndex={-1} className="text-xl font-bold tracking-tight outline-none">
            {title}
          </h2>
          <Button look="icon" className="-my-2 -mr-2" aria-label={say('dialog.close')} onClick={onClose}>
            <Icon name="close" className="size-4" />
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
