import { useId, useLayoutEffect, useRef } from 'react';
import { UNDO_MS } from '../../constants';
import { message } from '../../language/message';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';

interface Props {
  /** How many people are in the room. */
  readonly people: number;
  readonly onReplace: () => void;
  readonly onKeep: () => void;
}

/** Asks before a playing video is replaced for everyone. Escape keeps it. */
export function ReplaceDialog({ people, onReplace, onKeep }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // It must be closed before it is removed: then the browser returns the focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-3xl border border-line bg-surface p-6 text-ink backdrop:bg-black/60"
      onCancel={event => {
        event.preventDefault();
        onKeep();
      }}
    >
      <h2 id={id} className="text-xl font-bold tracking-tight text-balance">
        {say('video.replace')}
      </h2>
      <p className="mt-2 text-pretty text-muted">
        {say(message('video.isPlaying', { count: people }))}{' '}
        {say(message('video.canBeUndone', { count: UNDO_MS / 1000 }))}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button className="min-h-11" onClick={onKeep}>
          {say('video.keep')}
        </Button>
        <Button look="primary" onClick={onReplace}>
          {say('video.replaceIt')}
        </Button>
      </div>
    </dialog>
  );
}
