import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { type RequestedRoom, randomRoomName } from '../../protocol/room';
import type { Session } from '../../sync/session';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { ThreeScreens } from '../../ui/ThreeScreens';
import { useRefusal } from '../../ui/useRefusal';
import { useStore } from '../../ui/useStore';
import { cleanUsername, rememberedUsername, rememberUsername } from './username';

const SHOWN_PEOPLE = 5;

export function JoinScreen({ session, room }: { session: Session; room: RequestedRoom }) {
  const [name, setName] = useState(rememberedUsername);
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const refusal = useRefusal(session.view, 'session:join');
  const error = problem ?? refusal;

  function submit(event: FormEvent) {
    event.preventDefault();
    const username = cleanUsername(name);
    if (username === '') {
      setProblem('Tell the others who you are: any name will do.');
      input.current?.focus();
      return;
    }
    rememberUsername(username);
    session.join(username);
  }

  return (
    <Welcome>
      <h2 className="text-2xl font-bold tracking-tight">
        {room.kind === 'named' ? 'You are invited' : 'Come on in'}
      </h2>
      <p className="mt-1 mb-5 break-words text-muted">
        {room.kind === 'named' ? (
          <>
            to the room <strong className="text-ink">{room.name}</strong>
          </>
        ) : (
          'This is the open room: everyone with this address meets here.'
        )}
      </p>
      <PeopleInside session={session} />
      <form onSubmit={submit} noValidate>
        <label htmlFor="username" className="px-1 text-sm font-medium">
          Your name
        </label>
        <input
          ref={input}
          id="username"
          type="text"
          autoComplete="nickname"
          // The page has one field and one thing to do.
          // biome-ignore lint/a11y/noAutofocus: nothing before it is skipped.
          autoFocus
          className="mt-1 min-h-12 w-full rounded-full border border-field bg-surface px-4 text-lg"
          value={name}
          aria-invalid={error !== undefined}
          aria-describedby="username-error"
          onChange={event => {
            setName(event.target.value);
            setProblem(undefined);
            if (refusal) session.dismissNotice();
          }}
        />
        <p id="username-error" role="alert" className="mt-1.5 px-1 text-sm text-bad empty:hidden">
          {error}
        </p>
        <Button look="primary" type="submit" className="mt-4 min-h-12 w-full text-lg">
          Join the party
        </Button>
      </form>
      {(room.kind !== 'named' || refusal) && <NewRoom />}
    </Welcome>
  );
}

/** For an address whose room cannot be. */
export function InvalidRoomScreen() {
  return (
    <Welcome>
      <h2 className="text-2xl font-bold tracking-tight">No such room</h2>
      <p className="mt-2 text-pretty text-muted">
        The room in this address cannot be: a room’s name has up to 64 letters, digits, - and _. Ask for the
        link again, or go to{' '}
        <a className="font-medium text-accent underline" href="./">
          the open room
        </a>
        .
      </p>
      <NewRoom />
    </Welcome>
  );
}

function Welcome({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto grid w-full max-w-6xl grow content-center items-center gap-x-16 gap-y-8 px-5 py-8 lg:grid-cols-[1.15fr_1fr]">
      <div className="relative">
        <div className="stage-glow absolute -inset-10 -z-10" />
        <ThreeScreens className="mx-auto w-full max-w-60 sm:max-w-sm lg:mx-0 lg:max-w-xl" />
        <div className="max-lg:text-center">
          <h1 className="mt-4 text-4xl leading-[1.05] font-extrabold tracking-tight text-balance sm:text-5xl lg:mt-8 lg:text-6xl">
            Press play together.
          </h1>
          <p className="mt-3 text-lg text-pretty text-muted max-sm:hidden lg:max-w-md">
            Watch YouTube in step with your friends: when one of you plays, pauses or jumps, it happens for
            all.
          </p>
        </div>
      </div>
      <div className="w-full max-w-md justify-self-center rounded-3xl border border-line bg-surface p-6 shadow-xl shadow-black/5 sm:p-8 lg:justify-self-end">
        {children}
      </div>
    </main>
  );
}

function PeopleInside({ session }: { session: Session }) {
  const people = useStore(session.view, view => view.participants);
  if (people.length === 0) return null;
  const names = people.map(person => person.username);
  const others = names.length - 2;
  const words =
    names.length <= 2
      ? `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} here`
      : `${names[0]}, ${names[1]} and ${others} more are here`;
  return (
    <p className="mb-5 flex items-center gap-3 text-sm">
      <span className="flex -space-x-1.5">
        {people.slice(0, SHOWN_PEOPLE).map(person => (
          <Avatar
            key={person.socketId}
            name={person.username}
            colour={person.colour}
            className="size-8 text-xs ring-2 ring-surface"
          />
        ))}
      </span>
      <span className="min-w-0 break-words">{words}</span>
    </p>
  );
}

function NewRoom() {
  return (
    <p className="mt-5 border-t border-line pt-4 text-sm text-muted">
      Rather be among yourselves?{' '}
      <button
        type="button"
        className="font-medium text-accent underline underline-offset-2"
        onClick={() => {
          window.location.search = `?room=${randomRoomName(bytes => crypto.getRandomValues(bytes))}`;
        }}
      >
        Open a new room
      </button>
    </p>
  );
}
