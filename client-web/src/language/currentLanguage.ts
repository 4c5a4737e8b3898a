import { Store } from '../sync/store';
import { ENGLISH } from './english';
import { GERMAN } from './german';
import { Language } from './language';

const english = new Language({
  tag: 'en',
  name: 'English',
  direction: 'ltr',
  // American English has a comma before “and” in a list.
  locale: 'en-GB',
  catalogue: ENGLISH,
});

const german = new Language({
  tag: 'de',
  name: 'Deutsch',
  direction: 'ltr',
  locale: 'de',
  catalogue: GERMAN,
});

export const LANGUAGES: readonly Language[] = [english, german];

/** The language in which the page is at the moment. */
export const currentLanguage = new Store(english);

/** The first of these BCP 47 tags that the page speaks; English if there is none. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0];
    const language = LANGUAGES.find(known => known.tag === primary);
    if (language) return language;
  }
  return english;
}
