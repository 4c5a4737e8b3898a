// Runs scenarios in browsers for the Java tests, and opens the original's pages for Java tests that control them.
import { mkdirSync, readdirSync } from 'node:fs';
import { absence, launch } from './browsers.mjs';
import { serve } from './commands.mjs';
import { Venue } from './venue.mjs';
import { runsIn } from './where.mjs';

const SCENARIOS = new URL('./scenarios/', import.meta.url);

const SCREENSHOTS = process.env.SCREENSHOTS;

/** The running browsers, by name; the first scenario that needs a browser starts it. */
const running = new Map();

/** The original's pages that a Java test uses, each with the venue that it was opened in. */
const pages = new Map();

const operations = {
  absence: ({ browser }) => absence(browser),
  suites: async ({ browser }) => {
    const suites = readdirSync(SCENARIOS)
      .filter(file => file.endsWith('.mjs'))
      .map(file => file.slice(0, -'.mjs'.length))
      .sort();
    const lists = await Promise.all(suites.map(suite => list(browser, suite)));
    return suites.filter((_, i) => lists[i].length > 0);
  },
  list: ({ browser, suite }) => list(browser, suite),
  /** The settings of the server that a suite needs. */
  server: async ({ suite }) => (await load(suite)).server ?? {},
  run: async ({ browser, suite, name, url }) => {
    const { scenarios } = await load(suite);
    const venue = new Venue(await start(browser), url);
    try {
      const result = await scenarios[name](venue);
      await venue.assertNoPageErrors();
      return result;
    } catch (error) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const shots = await venue.takeScreenshots(`${SCREENSHOTS}/${browser} ${suite} ${name}`);
      error.stack += `\nscreenshots: ${shots.join(', ')}\n${venue.pageLog()}`;
      throw error;
    } finally {
      await venue.close();
    }
  },
  'page.open': async ({ id, name, url, besides }) => {
    const venue = pages.get(besides)?.venue ?? new Venue(await start('chromium'), url);
    pages.set(id, { venue, guest: await venue.openOriginal(name, { besides: pages.get(besides)?.guest }) });
  },
  'page.do': ({ id, method, arguments: list }) => pages.get(id).guest.act(method, ...list),
  'page.close': async ({ id }) => {
    const { venue } = pages.get(id);
    pages.delete(id);
    if (![...pages.values()].some(page => page.venue === venue)) {
      await venue.close();
    }
  },
};

function load(suite) {
  return import(`./scenarios/${suite}.mjs`);
}

async function list(browser, suite) {
  const { scenarios } = await load(suite);
  return runsIn(browser, suite, Object.keys(scenarios));
}

/** When a browser dies, only the scenario that ran in it fails. */
function start(browser) {
  const known = running.get(browser) ?? launch(browser);
  const alive = known.then(it => (it.isConnected() ? it : launch(browser)));
  running.set(browser, alive);
  return alive;
}

serve(operations, async () => {
  await Promise.allSettled([...running.values()].map(async browser => (await browser).close()));
});
