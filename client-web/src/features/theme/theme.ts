import { storage } from '../../ui/storage';

const KEY = 'watchparty.theme';

export type Theme = 'light' | 'dark';

/** The person's choice, or the system's. */
export function isDark(): boolean {
  return (chosen() ?? system()) === 'dark';
}

/** Shows the remembered choice; without one the system decides. */
export function restoreTheme(): void {
  const theme = chosen();
  if (theme) document.documentElement.dataset.theme = theme;
}

/** Shows a theme and remembers it, unless it is the system's own: then the page follows the system again. */
export function takeTheme(theme: Theme): void {
  if (theme === system()) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  storage.write(KEY, theme === system() ? '' : theme);
}

function chosen(): Theme | undefined {
  const theme = storage.read(KEY);
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}

function system(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
