// Runs scenarios in one Chromium for the Java tests: one command a line on stdin, one result a line on stdout.
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { launchChromium } from './chromium.mjs';
import { Venue } from './venue.mjs';

const SCREENSHOTS = process.env.SCREENSHOTS;

let launching;

const operations = {
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
};

async function run({ call, op, ...command }) {
  try {
    write({ call, result: (await operations[op](command)) ?? null });
  } catch (error) {
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
