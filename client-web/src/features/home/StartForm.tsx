import { type FormEvent, type RefObject, useId, useRef, useState } from 'react';
import { MAX_ROOM_TITLE_CHARACTERS } from '../../constants';
import { message, Name } from '../../language/message';
import { newRoomNameOf } from '../../protocol/room';
import { NameField } from '../../ui/NameField';
import { SubmitButton } from '../../ui/SubmitButton';
import { useLanguage } from '../../ui/useLanguage';
import { Words } from '../../ui/Words';
import { type CreationProblem, creationInWords } from './creationInWords';
import { ROOM_NAME_RULE } from './roomProblemInWords';
import type { CreationRefusal, RoomRequest } from './rooms';

interface Props {
  readonly usernameInput: RefObject<HTMLInputElement | null>;
  readonly username: string;
  readonly onUsername: (typed: string) => void;
  /** Creates the room and leaves this page, or says why it cannot. */
  readonly onStart: (request: RoomRequest) => Promise<CreationRefusal | undefined>;
}

const FIELD = 'mt-1 min-h-11 w-full rounded-full border border-field bg-surface px-4 placeholder:text-muted';

/** One press opens a room; whoever wants to may name it. Without a person's name, the room's door asks for it. */
export function StartForm({ usernameInput, username, onUsername, onStart }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const [roomName, setRoomName] = useState('');
  const [title, setTitle] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<CreationProblem>();
  const roomNameInput = useRef<HTMLInputElement>(null);
  const name = newRoomNameOf(roomName);
  const isRespelt = name !== '' && name !== roomName.trim();

  function refuse(found: CreationProblem) {
    setProblem(found);
    if (!found.isOfName) return;
    setOpen(true);
    roomNameInput.current?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isWaiting) return;
    if (name === '' && roomName.trim() !== '') {
      refuse({ isOfName: true, words: message('room.nameInvalid', { rule: ROOM_NAME_RULE }) });
      return;
    }
    setProblem(undefined);
    setWaiting(true);
    const refusal = await onStart({
      ...(name !== '' && { name }),
      ...(title.trim() !== '' && { title: title.trim() }),
    });
    setWaiting(false);
    if (refusal) refuse(creationInWords(refusal, name));
  }

  return (
    <form onSubmit={submit} noValidate>
      <NameField input={usernameInput} value={username} problem={undefined} onChange={onUsername} />
      <details className="mt-3" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
        <summary className="rounded-full px-1 py-1.5 text-sm font-medium text-muted hover:text-ink pointer-coarse:py-3">
          {say('start.details')}
        </summary>
        <div className="mt-2 mb-1 flex flex-col gap-3">
          <div>
            <label htmlFor={`${id}-name`} className="px-1 text-sm font-medium">
              {say('start.roomName')}
            </label>
            <input
              ref={roomNameInput}
              id={`${id}-name`}
              type="text"
              dir="auto"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={say('start.roomExample')}
              className={FIELD}
              value={roomName}
              aria-invalid={problem?.isOfName ?? false}
              aria-describedby={`${id}-hint ${id}-name-error`}
              onChange={event => {
                setRoomName(event.target.value);
                setProblem(undefined);
              }}
            />
            <p
              id={`${id}-hint`}
              aria-live="polite"
              className="mt-1.5 px-1 text-sm break-words text-muted empty:hidden"
            >
              {isRespelt && !problem?.isOfName && (
                <Words of={message('start.roomIsCalled', { room: new Name(name) })} />
              )}
            </p>
            <p
              id={`${id}-name-error`}
              role="alert"
              className="mt-1.5 px-1 text-sm text-pretty text-bad empty:hidden"
            >
              {problem?.isOfName && <Words of={problem.words} />}
            </p>
          </div>
          <div>
            <label htmlFor={`${id}-title`} className="px-1 text-sm font-medium">
              {say('start.title')}
            </label>
            <input
              id={`${id}-title`}
              type="text"
              dir="auto"
              autoComplete="off"
              maxLength={MAX_ROOM_TITLE_CHARACTERS}
              placeholder={say('start.titleExample')}
              className={FIELD}
              value={title}
              onChange={event => setTitle(event.target.value)}
            />
          </div>
        </div>
      </details>
      <SubmitButton isWaiting={isWaiting} className="mt-3">
        {say(isWaiting ? 'start.opening' : 'start.party')}
      </SubmitButton>
      <p role="alert" className="mt-2 px-1 text-sm text-pretty text-bad empty:hidden">
        {problem && !problem.isOfName && <Words of={problem.words} />}
      </p>
    </form>
  );
}
