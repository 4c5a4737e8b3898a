import { useRef, useState } from 'react';
import { message } from '../../language/message';
import { type Destination, OPEN_ROOM } from '../../protocol/room';
import { useLanguage } from '../../ui/useLanguage';
import { rememberedUsername, takeUsername } from '../../ui/username';
import { Welcome } from '../../ui/Welcome';
import { Words } from '../../ui/Words';
import { RecentRoomList } from './RecentRoomList';
import { RoomField } from './RoomField';
import type { CreationRefusal, RoomRequest } from './rooms';
import { StartForm } from './StartForm';

interface Props {
  /** Whether the room that everyone shares is open. */
  readonly offersOpenRoom: boolean;
  /** The address of a destination, for links. */
  readonly addressOf: (destination: Destination) => string;
  /** Creates a room and goes there; joins it if a name is given. */
  readonly onStart: (request: RoomRequest, username?: string) => Promise<CreationRefusal | undefined>;
  /** Goes to a room, and joins it if a name is given. */
  readonly onEnter: (destination: Destination, username?: string) => void;
}

/** Asks which room to enter, before any is opened. */
export function HomeScreen({ offersOpenRoom, addressOf, onStart, onEnter }: Props) {
  const { say } = useLanguage();
  const [username, setUsername] = useState(rememberedUsername);
  const usernameInput = useRef<HTMLInputElement>(null);
  const enter = (destination: Destination) => onEnter(destination, takeUsername(username));
  return (
    <Welcome>
      <h2 className="text-2xl font-bold tracking-tight">{say('start.party')}</h2>
      <p className="mt-1 mb-5 text-pretty text-muted">{say('start.about')}</p>
      <StartForm
        usernameInput={usernameInput}
        username={username}
        onUsername={setUsername}
        onStart={request => onStart(request, takeUsername(username))}
      />
      <RoomField onEnter={enter} />
      <RecentRoomList addressOf={addressOf} onEnter={enter} heir={() => usernameInput.current} />
      {offersOpenRoom && (
        <p className="mt-5 border-t border-line pt-4 text-sm text-pretty text-muted">
          <Words
            of={message('start.openRoomInstead', {
              enter: (
                <button
                  type="button"
                  className="font-medium text-accent underline underline-offset-2"
                  onClick={() => {
                    takeUsername(username);
                    onEnter(OPEN_ROOM);
                  }}
                >
                  {say('start.enterOpenRoom')}
                </button>
              ),
            })}
          />
        </p>
      )}
    </Welcome>
  );
}
