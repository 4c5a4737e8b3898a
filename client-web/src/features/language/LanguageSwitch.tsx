import { LANGUAGES } from '../../language/currentLanguage';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { takeLanguage } from './choice';

/** The browser's own list of choices, under an icon that looks like the button beside it. */
export function LanguageSwitch() {
  const { tag, say } = useLanguage();
  return (
    <div className="relative grid size-11 shrink-0 place-items-center">
      <select
        className="peer absolute inset-0 cursor-pointer appearance-none opacity-0"
        aria-label={say('language.choose')}
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
      <span className="pointer-events-none grid size-11 place-items-center rounded-full border border-transparent text-ink transition-colors peer-hover:bg-sunken peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent">
        <Icon name="language" />
      </span>
    </div>
  );
}
