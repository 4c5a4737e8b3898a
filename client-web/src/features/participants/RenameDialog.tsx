import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { NameField } from '../../ui/NameField';
import { useLanguage } from '../../ui/useLanguage';
import { useNameForm } from '../../ui/useNameForm';

interface Props {
  readonly session: Session;
  readonly onClose: () => void;
}

/** Asks for another name in the room, which is also remembered for the next visits. */
export function RenameDialog({ session, onClose }: Props) {
  const { say } = useLanguage();
  const { input, name, problem, type, submit } = useNameForm(
    () => session.view.get().username ?? '',
    username => {
      session.rename(username);
      onClose();
    },
  );
  return (
    <Dialog title={say('join.changeName')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <NameField input={input} value={name} problem={problem} onChange={type} />
        <Button look="primary" type="submit" className="mt-4 w-full">
          {say('people.rename')}
        </Button>
      </form>
    </Dialog>
  );
}
