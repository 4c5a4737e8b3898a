// Finds the browsers that people use, or installs Debian's.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, firefox } from 'playwright-core';
import { WebKit } from './webkit.mjs';

const APT_LOCK = '/var/lock/watchparty-tests-apt';

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages in the background must run as fast as the one in front: each represents a separate person.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** The programs to look for. Other names and places work as well; if none is found, Debian's package is installed. */
const PROGRAMS = {
  chromium: {
    title: 'Chromium or Chrome',
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    debianPackage: 'chromium',
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    debianPackage: 'firefox-esr',
  },
  webKitDriver: {
    title: 'driver of WebKitGTK',
    variable: 'WEBKIT_DRIVER_PATH',
    names: ['WebKitWebDriver'],
    places: [],
    debianPackage: 'webkit2gtk-driver',
  },
  screen: {
    title: 'Xvfb',
    variable: 'XVFB_PATH',
    names: ['Xvfb'],
    places: [],
    debianPackage: 'xvfb',
  },
};

const BROWSERS = {
  chromium: {
    programs: [PROGRAMS.chromium],
    launch: executablePath => chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS }),
  },
  firefox: {
    programs: [PROGRAMS.firefox],
    // An unmodified Firefox, by WebDriver BiDi.
    launch: executablePath => firefox.launch({ executablePath, channel: 'moz-firefox' }),
  },
  webkit: {
    programs: [PROGRAMS.webKitDriver, PROGRAMS.screen],
    launch: (driver, screen) => WebKit.launch(driver, screen),
  },
};

/** Starts a browser: chromium, firefox or webkit. */
export async function launch(name) {
  const { programs, launch } = BROWSERS[name];
  return launch(...programs.map(findOrInstall));
}

/** The reason why a browser can be neither found nor installed; empty if it is available. */
export function absence(name) {
  try {
    BROWSERS[name].programs.forEach(findOrInstall);
    return '';
  } catch (error) {
    if (error instanceof Absent) {
      return error.message;
    }
    throw error;
  }
}

class Absent extends Error {}

function findOrInstall(program) {
  const { title, variable, debianPackage } = program;
  const given = process.env[variable];
  if (given) {
    if (!isExecutable(given)) {
      throw new Error(`${variable}: ${given} (expected: the path of a ${title} that can be run)`);
    }
    return given;
  }
  const found = find(program);
  if (found) {
    return found;
  }
  install(program);
  const installed = find(program);
  if (!installed) {
    throw new Error(`apt-get installed ${debianPackage}, but it is not on the path: set ${variable} to it.`);
  }
  return installed;
}

function find({ names, places }) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...names.flatMap(file => folders.map(folder => join(folder, file))), ...places].find(isExecutable);
}

function install({ title, variable, debianPackage }) {
  const isDebian = existsSync('/etc/debian_version');
  if (!isDebian || process.getuid?.() !== 0) {
    throw new Absent(`No ${title}: install it, or set ${variable} to one, and run the tests again.`);
  }
  try {
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', debianPackage);
  } catch (error) {
    throw new Absent(`No ${title}, and ${debianPackage} cannot be installed: ${error.message}`);
  }
}

/** Tests that run at the same time may install something too, and apt-get waits for only some of its own locks. */
function aptGet(...list) {
  execFileSync('flock', [APT_LOCK, 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=600', ...list], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
