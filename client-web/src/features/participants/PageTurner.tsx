import { message } from '../../language/message';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';
import type { Pages } from './usePeopleList';

/** Says which part of the list is shown, and turns to the others. */
export function PageTurner({ pages: { place, failed, onTurn, onRetry } }: { pages: Pages }) {
  const { say } = useLanguage();

  function where() {
    if (failed) return say('people.notTold');
    if (!place) return say('door.waiting');
    return place.all === 0 ? say('people.nobodyFound') : say(message('people.page', place));
  }

  return (
    <div className="mt-3 text-sm text-muted">
      <div className="flex items-center justify-between gap-2">
        <Button
          look="icon"
          aria-label={say('people.previousPage')}
          disabled={!place || place.index === 0}
          onClick={() => onTurn(-1)}
        >
          <span aria-hidden="true">←</span>
        </Button>
        <p role="status" className="tabular-nums">
          {where()}
        </p>
        <Button
          look="icon"
          aria-label={say('people.nextPage')}
          disabled={!place?.hasNext}
          onClick={() => onTurn(1)}
        >
          <span aria-hidden="true">→</span>
        </Button>
      </div>
      {failed && (
        <Button className="mt-2 w-full" onClick={onRetry}>
          {say('player.tryAgain')}
        </Button>
      )}
    </div>
  );
}
