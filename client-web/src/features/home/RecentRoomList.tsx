import { type MouseEvent, useRef } from 'react';
import { message } from '../../language/message';
import type { Destination } from '../../protocol/room';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { KeepFocus } from '../../ui/KeepFocus';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { type RecentRoom, recentRooms } from './recentRooms';

interface Props {
  readonly addressOf: (destination: Destination) => string;
  readonly onEnter: (destination: Destination) => void;
  /** Returns the element that gets the focus when the last room is forgotten. */
  readonly heir: () => HTMLElement | null;
}

/** The rooms that this browser was in, to come back to. */
export function RecentRoomList({ addressOf, onEnter, heir }: Props) {
  const { say } = useLanguage();
  const rooms = useStore(recentRooms.view, view => view);
  const list = useRef<HTMLUListElement>(null);
  if (rooms.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="mt-6 border-t border-line pt-4">
      <h3 id="recent" className="px-1 text-sm font-medium">
        {say('recent.title')}
      </h3>
      <ul ref={list} className="-mx-2 mt-1 flex flex-col">
        {rooms.map(room => (
          <li key={room.name}>
            <KeepFocus heir={() => list.current?.querySelector('button') ?? heir()}>
              <Entry
                room={room}
                address={addressOf({ kind: 'named', name: room.name })}
                onEnter={() => onEnter({ kind: 'named', name: room.name })}
              />
            </KeepFocus>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EntryProps {
  readonly room: RecentRoom;
  readonly address: string;
  readonly onEnter: () => void;
}

function Entry({ room: { name, title }, address, onEnter }: EntryProps) {
  const { say } = useLanguage();

  /** A click that opens another tab or window stays the browser's. */
  function enter(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onEnter();
  }

  return (
    <div className="flex items-center gap-1">
      <a
        href={address}
        className="min-w-0 grow rounded-2xl px-3 py-2 pointer-coarse:py-2.5 hover:bg-sunken"
        onClick={enter}
      >
        <bdi className="block font-medium">{title || name}</bdi>
        {title && <bdi className="block text-sm text-muted">{name}</bdi>}
      </a>
      <Button
        look="icon"
        aria-label={say(message('recent.forget', { room: title || name }))}
        onClick={() => recentRooms.forget(name)}
      >
        <Icon name="close" className="size-4" />
      </Button>
    </div>
  );
}
