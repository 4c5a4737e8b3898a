// Finds a Chromium or Chrome, or installs Debian's.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages behind others must run as fast as the one in front: each stands for a person of its own.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export async function launchChromium() {
  return chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}

function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!isExecutable(given)) {
      throw new Error(`CHROME_PATH: ${given} (expected: the path of a Chromium or Chrome that can be run)`);
    }
    return given;
  }
  return find() ?? install();
}

function find() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...NAMES.flatMap(name => folders.map(folder => join(folder, name))), ...PLACES].find(isExecutable);
}

function install() {
  const isDebian = existsSync('/etc/debian_version');
  if (!isDebian || process.getuid?.() !== 0) {
    throw new Error(
      'No browser: install Chromium or Chrome, or set CHROME_PATH to one, and run the tests again.',
    );
  }
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  const installed = find();
  if (!installed) {
    throw new Error('apt-get installed chromium, but it is not on the path: set CHROME_PATH to it.');
  }
  return installed;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
