import { type ReactNode, useId } from 'react';
import { Button } from './Button';
import { useLanguage } from './useLanguage';
import { useModal } from './useModal';

interface Props {
  readonly title: ReactNode;
  readonly about: ReactNode;
  readonly confirm: string;
  /** The name of the other way out, which happens without a confirmation; otherwise it is called off. */
  readonly decline?: string;
  readonly onConfirm: () => void;
  readonly onDecline: () => void;
}

/** Asks before something that many would notice. Escape declines. */
export function ConfirmDialog({ title, about, confirm, decline, onConfirm, onDecline }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const dialog = useModal();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-3xl border border-line bg-surface p-6 text-ink backdrop:bg-black/60"
      onCancel={event => {
        event.preventDefault();
        onDecline();
      }}
    >
      <h2 id={id} className="text-xl font-bold tracking-tight text-balance break-words">
        {title}
      </h2>
      <p className="mt-2 text-pretty text-muted">{about}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button className="min-h-11" onClick={onDecline}>
          {decline ?? say('dialog.cancel')}
        </Button>
        <Button look="primary" onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
