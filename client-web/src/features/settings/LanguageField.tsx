import { useId } from 'react';
import { LANGUAGES } from '../../language/currentLanguage';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { takeLanguage } from './language';

export function LanguageField() {
  const { tag, say } = useLanguage();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="px-1 text-sm font-medium">
        {say('language.choose')}
      </label>
      <div className="relative mt-1">
        <select
          id={id}
          className="block min-h-11 w-full cursor-pointer appearance-none rounded-full border border-field bg-surface pr-11 pl-4"
          value={tag}
          onChange={event => {
            const language = LANGUAGES.find(known => known.tag === event.target.value);
            if (language) takeLanguage(language);
          }}
        >
          {LANGUAGES.map(language => (
            <option key={language.tag} value={language.tag} lang={language.tag}>
              {language.name}
            </option>
          ))}
        </select>
        <Icon name="open" className="pointer-events-none absolute top-3 right-4 size-5" />
      </div>
    </div>
  );
}
