import { type KeyboardEvent, type ReactNode, type RefObject, useId, useRef, useState } from 'react';
import { message, Name } from '../../language/message';
import type { RequestError } from '../../protocol/messages';
import type { Session } from '../../sync/session';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { KeepFocus } from '../../ui/KeepFocus';
import { useLanguage } from '../../ui/useLanguage';
import type { Listed } from './listing';
import { StateLine } from './StateLine';

interface Props {
  readonly session: Session;
  readonly person: Listed;
  readonly isSelf: boolean;
  readonly isHost: boolean;
  /** Then nobody else can end this role. */
  readonly isFirstHost: boolean;
  /** Whether there is only one host. */
  readonly isOnlyHost: boolean;
  /** Whether the person at this page is a host. */
  readonly amHost: boolean;
  /** Gets the focus when the line goes away with it. */
  readonly heir: RefObject<HTMLElement | null>;
  readonly onRename: () => void;
  readonly onLeave: () => void;
  readonly onRemove: () => void;
}

/** A person, and what one may do: with oneself, and with another if one is a host. The options open below the name. */
export function PersonLine({
  session,
  person,
  isSelf,
  isHost,
  isFirstHost,
  isOnlyHost,
  amHost,
  heir,
  onRename,
  onLeave,
  onRemove,
}: Props) {
  const { say } = useLanguage();
  const optionsId = useId();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { username, colour, ordinal } = person;
  const hasOptions = isSelf || (amHost && !isFirstHost);
  const label = isSelf
    ? say('people.yourOptions')
    : say(message('people.optionsFor', { name: new Name(username) }));

  function choose(act: () => void) {
    button.current?.focus();
    setOpen(false);
    act();
  }

  function closeOnEscape(event: KeyboardEvent) {
    if (!isOpen || event.key !== 'Escape') return;
    event.preventDefault();
    choose(() => undefined);
  }

  async function ask(request: Promise<RequestError | undefined>) {
    const refused = await request;
    if (refused) session.report(refused);
  }

  return (
    <li onKeyDown={closeOnEscape}>
      <KeepFocus heir={() => heir.current}>
        <div className="flex min-h-11 min-w-0 items-center gap-3">
          <Avatar name={username} colour={colour} />
          <div className="min-w-0 grow">
            <div className="flex flex-wrap items-baseline gap-x-2">
              <span className="min-w-0 grow break-words">
                <bdi>{username}</bdi>
                {ordinal !== undefined && ` ${say(message('people.sameName', { number: ordinal }))}`}
              </span>
              <span className="flex gap-2 empty:hidden">
                {isHost && <Badge>{say('people.host')}</Badge>}
                {isSelf && <Badge>{say('people.you')}</Badge>}
              </span>
            </div>
            <StateLine session={session} personId={person.id} />
          </div>
          {hasOptions && (
            <Button
              ref={button}
              look="icon"
              className="-mr-1 -ml-2"
              aria-label={label}
              aria-expanded={isOpen}
              aria-controls={isOpen ? optionsId : undefined}
              onClick={() => setOpen(!isOpen)}
            >
              <Icon name="more" />
            </Button>
          )}
        </div>
        {hasOptions && isOpen && (
          <fieldset id={optionsId} className="pb-2 pl-12" aria-label={label}>
            <div className="flex flex-wrap gap-2 text-sm">
              {isSelf ? (
                <>
                  <Button onClick={() => choose(onRename)}>{say('people.rename')}</Button>
                  {isHost && !isOnlyHost && (
                    <Button onClick={() => choose(() => ask(session.host.removeHost(person.id)))}>
                      {say('people.becomeGuest')}
                    </Button>
                  )}
                  <Button onClick={() => choose(onLeave)}>{say('people.leave')}</Button>
                </>
              ) : isHost ? (
                <Button onClick={() => choose(() => ask(session.host.removeHost(person.id)))}>
                  {say('people.makeGuest')}
                </Button>
              ) : (
                <>
                  <Button onClick={() => choose(() => ask(session.host.addHost(person.id)))}>
                    {say('people.makeHost')}
                  </Button>
                  <Button onClick={() => choose(onRemove)}>{say('people.remove')}</Button>
                </>
              )}
            </div>
          </fieldset>
        )}
      </KeepFocus>
    </li>
  );
}

function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="shrink-0 rounded-full border border-transparent bg-sunken px-2 py-0.5 text-xs font-medium text-muted">
      {children}
    </span>
  );
}
