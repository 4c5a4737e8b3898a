import { storage } from '../../ui/storage';

/** public/theme.js applies the remembered theme when the page opens. */
const KEY = 'watchparty.theme';

export type Theme = 'light' | 'dark';

/** The colour of the browser's own bar, as index.html has it. */
const BROWSER_BAR: Record<Theme, string> = { light: '#f6f3ee', dark: '#141216' };

/** The person's choice, or the system's. */
export function isDark(): boolean {
  return (chosen() ?? system()) === 'dark';
}

/** Shows a theme and remembers it, unless it is the system's own: then the page follows the system again. */
export function takeTheme(theme: Theme): void {
  const choice = theme === system() ? undefined : theme;
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    bar.content = BROWSER_BAR[choice ?? (bar.media.includes('dark') ? 'dark' : 'light')];
  }
  storage.write(KEY, choice ?? '');
}

function chosen(): Theme | undefined {
  const theme = storage.read(KEY);
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}

function system(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
