import { type FormEvent, useId, useRef, useState } from 'react';
import { type Message, message } from '../../language/message';
import { type Destination, destinationOfText, OPEN_ROOM, roomNameOf } from '../../protocol/room';
import { Button } from '../../ui/Button';
import { NameField } from '../../ui/NameField';
import { useLanguage } from '../../ui/useLanguage';
import { rememberedUsername, takeUsername } from '../../ui/username';
import { Welcome } from '../../ui/Welcome';
import { Words } from '../../ui/Words';
import { ROOM_NAME_RULE, roomProblemInWords } from './roomProblemInWords';

interface Props {
  /** Creates a private room and joins it. */
  readonly onStart: (username: string) => void;
  /** Goes to a room, and joins it if a name is given. */
  readonly onEnter: (destination: Destination, username?: string) => void;
}

/** Asks which room to enter, before any is opened. */
export function StartScreen({ onStart, onEnter }: Props) {
  const { say } = useLanguage();
  const [name, setName] = useState(rememberedUsername);
  const [problem, setProblem] = useState<Message>();
  const input = useRef<HTMLInputElement>(null);

  function start(event: FormEvent) {
    event.preventDefault();
    const username = takeUsername(name);
    if (username === undefined) {
      setProblem('join.nameNeeded');
      input.current?.focus();
      return;
    }
    onStart(username);
  }

  return (
    <Welcome>
      <h2 className="text-2xl font-bold tracking-tight">{say('start.party')}</h2>
      <p className="mt-1 mb-5 text-pretty text-muted">{say('start.about')}</p>
      <form onSubmit={start} noValidate>
        <NameField
          input={input}
          value={name}
          problem={problem}
          onChange={typed => {
            setName(typed);
            setProblem(undefined);
          }}
        />
        <Button look="primary" type="submit" className="mt-4 min-h-12 w-full text-lg">
          {say('start.party')}
        </Button>
      </form>
      <RoomField onEnter={destination => onEnter(destination, takeUsername(name))} />
      <p className="mt-5 border-t border-line pt-4 text-sm text-pretty text-muted">
        <Words
          of={message('start.openRoomInstead', {
            enter: (
              <button
                type="button"
                className="font-medium text-accent underline underline-offset-2"
                onClick={() => {
                  takeUsername(name);
                  onEnter(OPEN_ROOM);
                }}
              >
                {say('start.enterOpenRoom')}
              </button>
            ),
          })}
        />
      </p>
    </Welcome>
  );
}

function RoomField({ onEnter }: { onEnter: (destination: Destination) => void }) {
  const { say } = useLanguage();
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Message>();
  const input = useRef<HTMLInputElement>(null);
  const result = destinationOfText(text, window.location.href);
  const name =
    'destination' in result && result.destination.kind === 'named' ? result.destination.name : undefined;
  const isRespelt = name !== undefined && roomNameOf(text) === name && text.trim() !== name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if ('destination' in result) {
      onEnter(result.destination);
      return;
    }
    setProblem(roomProblemInWords(result.problem));
    input.current?.focus();
  }

  return (
    <form onSubmit={submit} noValidate className="mt-6 border-t border-line pt-5">
      <label htmlFor={id} className="px-1 text-sm font-medium">
        {say('start.roomField')}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={input}
          id={id}
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={say('start.roomExample')}
          className="min-h-11 min-w-0 grow rounded-full border border-field bg-surface px-4 placeholder:text-muted"
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-hint ${id}-error`}
          onChange={event => {
            setText(event.target.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" className="min-h-11 whitespace-nowrap">
          {say('start.joinRoom')}
        </Button>
      </div>
      <p
        id={`${id}-hint`}
        aria-live="polite"
        className="mt-1.5 px-1 text-sm break-words text-muted empty:hidden"
      >
        {isRespelt && (
          <Words
            of={message('start.respelt', {
              room: <strong className="text-ink">{name}</strong>,
              rule: ROOM_NAME_RULE,
            })}
          />
        )}
      </p>
      <p id={`${id}-error`} role="alert" className="mt-1.5 px-1 text-sm text-pretty text-bad empty:hidden">
        {problem && say(problem)}
      </p>
    </form>
  );
}
