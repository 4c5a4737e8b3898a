import { UNDO_MS } from '../../constants';
import { message } from '../../language/message';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
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
  return (
    <ConfirmDialog
      title={say('video.replace')}
      about={`${say(message('video.isPlaying', { count: people }))} ${say(message('video.canBeUndone', { count: UNDO_MS / 1000 }))}`}
      confirm={say('video.replaceIt')}
      decline={say('video.keep')}
      onConfirm={onReplace}
      onDecline={onKeep}
    />
  );
}
