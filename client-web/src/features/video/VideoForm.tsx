import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Message } from '../../language/message';
import { type FoundVideo, findVideoId } from '../../protocol/videoId';
import { maySteer } from '../../sync/roles';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import { useRefusal } from '../../ui/useRefusal';
import { useStore } from '../../ui/useStore';
import { problemInWords } from './problemInWords';
import { ReplaceDialog } from './ReplaceDialog';

/** Takes a link or an id of a YouTube video, and sets the video for the room; off for who may not. */
export function VideoForm({ session }: { session: Session }) {
  const { say } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Message>();
  const [asked, setAsked] = useState<FoundVideo>();
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const people = useStore(session.view, view => view.peopleCount);
  const steers = useStore(session.view, maySteer);
  const refusal = useRefusal(session.view, 'session:changeVideo');
  const wrong = problem ?? refusal;
  const error = wrong && say(wrong);
  const reason = useRef<HTMLParagraphElement>(null);

  // Below a wide picture the form is at the very end of the window, and the content below it is out of sight.
  useEffect(() => {
    if (error !== undefined) reason.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!steers) return;
    const result = findVideoId(text);
    if ('problem' in result) {
      setProblem(problemInWords(result.problem));
      input.current?.focus();
      return;
    }
    const { playing, ended } = session.playback.view.get();
    if (playing && !ended) setAsked(result);
    else putOn(result);
  }

  function putOn({ id, startS }: FoundVideo) {
    setAsked(undefined);
    if (!session.changeVideo(id, startS)) {
      setProblem('video.noConnection');
      return;
    }
    setProblem(undefined);
    setText('');
  }

  return (
    <>
      <form onSubmit={submit} noValidate className="w-full text-left">
        <label htmlFor={id} className="px-1 text-sm font-medium text-muted">
          {say('video.field')}
        </label>
        <div className="mt-1 flex gap-2">
          <input
            ref={input}
            id={id}
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder={say('video.example')}
            className="min-h-11 min-w-0 grow rounded-full border border-field bg-surface px-4 text-ellipsis placeholder:text-muted aria-disabled:bg-sunken"
            value={text}
            readOnly={!steers}
            aria-disabled={!steers || undefined}
            aria-invalid={error !== undefined}
            aria-describedby={`${id}-off ${id}-error`}
            onChange={event => {
              setText(event.target.value);
              setProblem(undefined);
              if (refusal) session.dismissNotice();
            }}
          />
          <Button look="primary" type="submit" className="whitespace-nowrap" disabled={!isOnline || !steers}>
            {say('video.putOn')}
          </Button>
        </div>
        <p id={`${id}-off`} className="mt-1.5 px-1 text-sm text-muted empty:hidden">
          {!steers && say('room.onlyHostSteers')}
        </p>
        <p
          ref={reason}
          id={`${id}-error`}
          role="alert"
          className="mt-1.5 scroll-mb-4 px-1 text-sm text-pretty text-bad empty:hidden"
        >
          {error}
        </p>
      </form>
      {asked !== undefined && (
        <ReplaceDialog people={people} onReplace={() => putOn(asked)} onKeep={() => setAsked(undefined)} />
      )}
    </>
  );
}
