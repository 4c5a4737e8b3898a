import { message } from '../../language/message';
import type { Destination } from '../../protocol/room';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import { Welcome } from '../../ui/Welcome';
import { Words } from '../../ui/Words';
import { ROOM_NAME_RULE } from './roomProblemInWords';

const SHOWN_CHARACTERS = 80;

interface Props {
  /** The name in the address. */
  readonly name: string;
  /** The valid name that is closest; empty if there is none. */
  readonly suggestion: string;
  readonly onEnter: (destination: Destination) => void;
  readonly onLeave: () => void;
}

/** For an address with an invalid room. */
export function InvalidRoomScreen({ name, suggestion, onEnter, onLeave }: Props) {
  const { say } = useLanguage();
  const characters = Array.from(name);
  const shown =
    characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : name;
  return (
    <Welcome>
      <h2 className="text-2xl font-bold tracking-tight">{say('noRoom.title')}</h2>
      <p className="mt-2 break-words text-pretty text-muted">
        <Words
          of={message('noRoom.reason', {
            room: (
              <strong className="text-ink">
                <bdi>{shown}</bdi>
              </strong>
            ),
            rule: ROOM_NAME_RULE,
          })}
        />
      </p>
      {suggestion === '' ? (
        <p className="mt-3 text-pretty text-muted">{say('noRoom.advice')}</p>
      ) : (
        <Button
          look="primary"
          className="mt-5 min-h-12 w-full py-2 text-lg break-words"
          onClick={() => onEnter({ kind: 'named', name: suggestion })}
        >
          {say(message('noRoom.goTo', { room: suggestion }))}
        </Button>
      )}
      <Button
        look={suggestion === '' ? 'primary' : 'quiet'}
        className="mt-3 min-h-12 w-full text-lg"
        onClick={onLeave}
      >
        {say('start.party')}
      </Button>
    </Welcome>
  );
}
