import { currentLanguage } from '../language/currentLanguage';
import type { Language } from '../language/language';
import { useStore } from './useStore';

/** Renders again when the person changes the language. */
export function useLanguage(): Language {
  return useStore(currentLanguage, language => language);
}
