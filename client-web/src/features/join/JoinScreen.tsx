import type { ReactNode } from 'react';
import { type Message, message, Name } from '../../language/message';
import type { Session } from '../../sync/session';
import { Avatar } from '../../ui/Avatar';
import { connectionProblemInWords } from '../../ui/connectionInWords';
import { NameField } from '../../ui/NameField';
import { SubmitButton } from '../../ui/SubmitButton';
import { useLanguage } from '../../ui/useLanguage';
import { useNameForm } from '../../ui/useNameForm';
import { useRefusal } from '../../ui/useRefusal';
import { rememberedUsername, takeUsername } from '../../ui/username';
import { useStore } from '../../ui/useStore';
import { Welcome } from '../../ui/Welcome';
import { Words } from '../../ui/Words';
import { isSelfInside, othersOf } from './others';

const SHOWN_PEOPLE = 5;

/** The room in words for a person: its meaning for them, and its name if it has one. */
export type Greeting =
  | { readonly kind: 'open' }
  | { readonly kind: 'host' | 'invited' | 'typed'; readonly roomName: string };

interface Props {
  readonly session: Session;
  readonly greeting: Greeting;
  /** Creates a private room, and joins it if a name is given. */
  readonly onStart: (username?: string) => void;
}

/** Asks for a name before a room is entered, and waits until the room has admitted the person. */
export function JoinScreen({ session, greeting, onStart }: Props) {
  const { say } = useLanguage();
  const asked = useStore(session.view, view => view.username);
  const { input, name, problem, type, submit } = useNameForm(
    () => asked ?? rememberedUsername(),
    username => session.join(username),
  );
  const refusal = useRefusal(session.view, 'session:join');
  const isWaiting = asked !== undefined;

  return (
    <Welcome>
      <Welcoming session={session} greeting={greeting} />
      <PeopleInside session={session} />
      <form
        onSubmit={event => {
          if (isWaiting) event.preventDefault();
          else submit(event);
        }}
        noValidate
      >
        <NameField
          input={input}
          value={name}
          problem={problem ?? refusal}
          readOnly={isWaiting}
          onChange={typed => {
            type(typed);
            if (refusal) session.dismissNotice();
          }}
        />
        <SubmitButton isWaiting={isWaiting} className="mt-4">
          {say(isWaiting ? 'join.waiting' : 'join.submit')}
        </SubmitButton>
      </form>
      <Connection session={session} isWaiting={isWaiting} />
      {(greeting.kind === 'open' || refusal) && <OwnRoom onStart={() => onStart(takeUsername(name))} />}
    </Welcome>
  );
}

function Welcoming({ session, greeting: asked }: { session: Session; greeting: Greeting }) {
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const isInside = useStore(session.view, isSelfInside);
  // A person who is there in another tab is no guest.
  const greeting: Greeting = isInside && asked.kind === 'invited' ? { ...asked, kind: 'typed' } : asked;
  switch (greeting.kind) {
    case 'open':
      return (
        <Heading title="join.openRoom">
          <Words of="join.openRoomIsPublic" />
        </Heading>
      );
    case 'host':
      return (
        <Heading title={isOnline ? 'room.isReady' : 'join.ownRoomIsNew'}>
          <Words of={message('join.ownRoomIsCalled', { room: emphasised(greeting.roomName) })} />
        </Heading>
      );
    case 'invited':
      return (
        <Heading title="join.invited">
          <Words of={message('join.invitedTo', { room: emphasised(greeting.roomName) })} />
        </Heading>
      );
    case 'typed':
      return (
        <Heading title="join.comeIn">
          <Words of={message('join.roomIsCalled', { room: emphasised(greeting.roomName) })} />
        </Heading>
      );
  }
}

function emphasised(roomName: string) {
  return (
    <strong className="text-ink">
      <bdi>{roomName}</bdi>
    </strong>
  );
}

function Heading({ title, children }: { title: Message; children: ReactNode }) {
  const { say } = useLanguage();
  return (
    <>
      <h2 className="text-2xl font-bold tracking-tight">{say(title)}</h2>
      <p className="mt-1 mb-5 break-words text-pretty text-muted">{children}</p>
    </>
  );
}

/** The other people in the room, as long as they are known. */
function PeopleInside({ session }: { session: Session }) {
  const people = useStore(session.view, view => view.participants);
  const count = useStore(session.view, view => view.peopleCount);
  const selfId = useStore(session.view, view => view.selfId);
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const others = othersOf({ participants: people, peopleCount: count, selfId });
  if (!isOnline || others.people.length === 0) return null;
  const named = others.named.map(person => new Name(person.username));
  const listed =
    others.unnamed > 0 ? [...named, message('join.morePeople', { count: others.unnamed })] : named;
  return (
    <p className="mb-5 flex items-center gap-3 text-sm">
      <span className="flex -space-x-1.5">
        {others.people.slice(0, SHOWN_PEOPLE).map(person => (
          <Avatar
            key={person.id}
            name={person.username}
            colour={person.colour}
            className="size-8 text-xs ring-2 ring-surface"
          />
        ))}
      </span>
      <span className="min-w-0 break-words">
        <Words of={message('join.peopleInside', { count: others.count, people: listed })} />
      </span>
    </p>
  );
}

/** Why the room cannot be entered yet, and what the page does about it. */
function Connection({ session, isWaiting }: { session: Session; isWaiting: boolean }) {
  const { say } = useLanguage();
  const problem = useStore(session.view, connectionProblemInWords);
  return (
    <div role="status">
      {problem && (
        <div className="mt-4 rounded-2xl border border-warn/40 px-4 py-3">
          <p className="font-semibold text-warn">{say(problem)}</p>
          <p className="text-sm text-pretty text-muted">
            {say(isWaiting ? 'join.keepsTryingToJoin' : 'join.keepsTrying')}
          </p>
          {isWaiting && (
            <button
              type="button"
              className="mt-1 text-sm font-medium text-accent underline underline-offset-2"
              onClick={() => session.cancelJoin()}
            >
              {say('join.changeName')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function OwnRoom({ onStart }: { onStart: () => void }) {
  const { say } = useLanguage();
  return (
    <p className="mt-5 border-t border-line pt-4 text-sm text-muted">
      <Words
        of={message('join.ratherPrivate', {
          start: (
            <button
              type="button"
              className="font-medium text-accent underline underline-offset-2"
              onClick={onStart}
            >
              {say('join.startPrivate')}
            </button>
          ),
        })}
      />
    </p>
  );
}
