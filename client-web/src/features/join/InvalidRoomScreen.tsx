import type { Destination } from '../../protocol/room';
import { Button } from '../../ui/Button';
import { ROOM_NAME_RULE } from './roomProblemInWords';
import { Welcome } from './Welcome';

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
  const characters = Array.from(name);
  const shown =
    characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : name;
  return (
    <Welcome>
      <h2 className="text-2xl font-bold tracking-tight">No such room</h2>
      <p className="mt-2 break-words text-pretty text-muted">
        The address asks for the room <strong className="text-ink">{shown}</strong>, and no room can have that
        name. {ROOM_NAME_RULE}
      </p>
      {suggestion === '' ? (
        <p className="mt-3 text-pretty text-muted">Ask for the link again, or start a party of your own.</p>
      ) : (
        <Button
          look="primary"
          className="mt-5 min-h-12 w-full py-2 text-lg break-words"
          onClick={() => onEnter({ kind: 'named', name: suggestion })}
        >
          Go to {suggestion}
        </Button>
      )}
      <Button
        look={suggestion === '' ? 'primary' : 'quiet'}
        className="mt-3 min-h-12 w-full text-lg"
        onClick={onLeave}
      >
        Start a party
      </Button>
    </Welcome>
  );
}
