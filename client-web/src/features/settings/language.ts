import { currentLanguage, LANGUAGES, languageOf } from '../../language/currentLanguage';
import type { Language } from '../../language/language';
import { storage } from '../../ui/storage';

const KEY = 'watchparty.language';

/** Shows the page in the person's language, and follows the browser's as long as the person has not chosen one. */
export function followLanguage(): void {
  show(chosen() ?? browsers());
  window.addEventListener('languagechange', () => {
    const language = chosen() ?? browsers();
    if (language !== currentLanguage.get()) show(language);
  });
}

/** Shows a language and remembers it, unless it is the browser's own: then the page follows the browser again. */
export function takeLanguage(language: Language): void {
  storage.write(KEY, language === browsers() ? '' : language.tag);
  show(language);
}

function show(language: Language): void {
  const page = document.documentElement;
  page.lang = language.tag;
  page.dir = language.direction;
  // Where the title names a video, it is set again when the store has changed.
  document.title = language.say('page.title');
  currentLanguage.set(language);
}

function chosen(): Language | undefined {
  const tag = storage.read(KEY);
  return LANGUAGES.find(language => language.tag === tag);
}

function browsers(): Language {
  return languageOf(navigator.languages);
}
