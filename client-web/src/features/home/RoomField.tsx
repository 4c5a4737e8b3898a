import { type FormEvent, useId, useRef, useState } from 'react';
import { type Message, message } from '../../language/message';
import { type Destination, destinationOfText, roomNameOf } from '../../protocol/room';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import { Words } from '../../ui/Words';
import { ROOM_NAME_RULE, roomProblemInWords } from './roomProblemInWords';

/** Takes a link to a room, or its name in any spelling. */
export function RoomField({ onEnter }: { onEnter: (destination: Destination) => void }) {
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
          dir="auto"
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
              room: (
                <strong className="text-ink">
                  <bdi>{name}</bdi>
                </strong>
              ),
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
