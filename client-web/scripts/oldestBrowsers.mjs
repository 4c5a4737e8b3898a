import { readFileSync } from 'node:fs';

/**
 * The oldest version of each browser in which the page works: package.json's `browserslist`, which holds only entries
 * such as `chrome >= 108`.
 *
 * @returns {Record<string, string>}
 */
export function oldestBrowsers() {
  const { browserslist } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return Object.fromEntries(
    browserslist.map(entry => {
      const parts = /^([a-z]+) >= (\d+(?:\.\d+)?)$/.exec(entry);
      if (!parts) throw new Error(`browserslist: ${entry} (expected: like chrome >= 108)`);
      return [parts[1], parts[2]];
    }),
  );
}
