import { useLanguage } from './useLanguage';

export function LogoMark() {
  return (
    <svg viewBox="0 0 32 32" className="size-8 shrink-0 max-sm:size-9" aria-hidden="true">
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path
        d="M12 6.6v10.8a.9.9 0 0 0 1.4.8l8.3-5.4a.9.9 0 0 0 0-1.6l-8.3-5.4a.9.9 0 0 0-1.4.8Z"
        className="fill-on-accent"
      />
      <path
        d="M4.5 27a5 5 0 0 1 10 0M17.5 27a5 5 0 0 1 10 0"
        fill="none"
        className="stroke-on-accent opacity-75"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Wordmark() {
  const { say } = useLanguage();
  return (
    <span className="text-lg leading-6 font-bold tracking-tight whitespace-nowrap">{say('page.name')}</span>
  );
}
