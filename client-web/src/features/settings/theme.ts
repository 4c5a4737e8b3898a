import { Choice } from './choice';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The colour of the browser's own bar, as index.html has it. */
const BROWSER_BAR = { light: '#f6f3ee', dark: '#141216' };

/** public/theme.js applies the remembered theme when the page opens. */
export const theme = new Choice<Theme>('watchparty.theme', THEMES);

export function takeTheme(chosen: Theme): void {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const systems = bar.media.includes('dark') ? 'dark' : 'light';
    bar.content = BROWSER_BAR[chosen === 'system' ? systems : chosen];
  }
  theme.choose(chosen);
}
