// Runs scenarios in one Chromium for the Java tests, and opens the original's pages for those that drive them themselves:
// one command a line on stdin, one result a line on stdout.
import { mkdirSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { launchChromium } from './chromium.mjs';
import { Venue } from './venue.mjs';

const SCENARIOS = new URL('./scenarios/', import.meta.url);

const SCREENSHOTS = process.env.SCREENSHOTS;

let launching;

/** The original's pages that a Java test holds, each with the venue that it was opened in. */
const pages = new Map();

const operations = {
  suites: async () =>
    readdirSync(SCENARIOS)
      .filter(file => file.endsWith('.mjs'))
      .map(file => file.slice(0, -'.mjs'.length))
      .sort(),
  list: async ({ suite }) => Object.keys((await import(`./scenarios/${suite}.mjs`)).scenarios),
  run: async ({ suite, name, url }) => {
    const { scenarios } = await import(`./scenarios/${suite}.mjs`);
    launching ??= launchChromium();
    const venue = new Venue(await launching, url);
    try {
      const result = await scenarios[name](venue);
      venue.assertNoPageErrors();
      return result;
    } catch (error) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const shots = await venue.takeScreenshots(`${SCREENSHOTS}/${suite} ${name}`);
      error.stack += `\nscreenshots: ${shots.join(', ')}\n${venue.pageLog()}`;
      throw error;
    } finally {
      await venue.close();
    }
  },
  'page.open': async ({ id, name, url, besides }) => {
    launching ??= launchChromium();
    const venue = pages.get(besides)?.venue ?? new Venue(await launching, url);
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

async function run({ call, op, ...command }) {
  try {
    const result = await operations[op](command);
    if (call) {
      write({ call, result: result ?? null });
    }
  } catch (error) {
    if (!call) {
      throw error;
    }
    write({ call, error: error.stack });
  }
}

function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

createInterface({ input: process.stdin })
  .on('line', line => run(JSON.parse(line)))
  .on('close', async () => {
    await (await launching)?.close();
    process.exit(0);
  });
