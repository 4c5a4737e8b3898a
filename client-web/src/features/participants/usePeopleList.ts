import { useState } from 'react';
import { MAX_PEOPLE_ON_ONE_PAGE } from '../../constants';
import type { Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import { found, type Listed, listed, type Place, pageOf, placeOf, unnumbered } from './listing';

interface PeopleList {
  readonly people: readonly Listed[];
  /** Undefined where all people fit on one page. */
  readonly pages: Pages | undefined;
}

export interface Pages {
  /** The text that is searched for, as it was typed. */
  readonly search: string;
  /** Undefined while there is no page to show. */
  readonly place: Place | undefined;
  /** Whether the server did not tell the page. */
  readonly failed: boolean;
  readonly onSearch: (search: string) => void;
  /** Turns by this many pages, back by a negative number. */
  readonly onTurn: (step: number) => void;
  readonly onRetry: () => void;
}

/** The people as the list shows them: as pages if there are many, which the server tells if this page does not know all. */
export function usePeopleList(session: Session): PeopleList {
  const participants = useStore(session.view, view => view.participants);
  const asksServer = useStore(session.view, view => view.comesInPages);
  const told = useStore(session.pages.view, view => view);
  const [search, setSearch] = useState('');
  const [index, setIndex] = useState(0);

  if (asksServer) {
    const { pages } = session;
    const { people, total } = told;
    return {
      people: people.map(unnumbered),
      pages: {
        search: told.search,
        place: total === undefined ? undefined : placeOf(told.index, people.length, total),
        failed: told.failed,
        onSearch: typed => pages.find(typed),
        onTurn: step => pages.turnBy(step),
        onRetry: () => pages.ask(),
      },
    };
  }

  const everyone = listed(participants);
  if (everyone.length <= MAX_PEOPLE_ON_ONE_PAGE) return { people: everyone, pages: undefined };
  const { people, place } = pageOf(found(everyone, search), index);
  return {
    people,
    pages: {
      search,
      place,
      failed: false,
      onSearch: typed => {
        setSearch(typed);
        setIndex(0);
      },
      onTurn: step => setIndex(Math.max(0, place.index + step)),
      onRetry: () => undefined,
    },
  };
}
