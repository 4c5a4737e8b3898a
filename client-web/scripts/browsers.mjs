// Fails if the built page uses a feature that the oldest browsers of package.json's `browserslist` lack, by MDN's
// compatibility data.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import bcd from '@mdn/browser-compat-data' with { type: 'json' };
import { parseAst } from 'vite';
import { oldestBrowsers } from './oldestBrowsers.mjs';

const ASSETS = 'dist/assets';

/** Names that only look like such a feature, or whose support is checked before use; each with the place. */
const ALLOWED = new Map([
  ['WebTransport', 'engine.io-client: typeof WebTransport'],
  ['displayName', 'React: of a component'],
  ['use', 'React: the hook'],
  ['with', 'lean-qr: generate.with'],
]);

const { newMembers, newStatics, newGlobals } = newerThanTheOldest();
const faults = new Set();
for (const file of readdirSync(ASSETS).filter(name => name.endsWith('.js'))) {
  walk(parseAst(readFileSync(join(ASSETS, file), 'utf8')), undefined);
}
if (faults.size > 0) {
  console.error(`The page uses features that its oldest browsers lack:\n${[...faults].sort().join('\n')}`);
  process.exit(1);
}

function walk(node, parent) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) walk(child, parent);
    return;
  }
  if (typeof node.type === 'string') {
    look(node, parent);
    for (const value of Object.values(node)) walk(value, node);
  }
}

function look(node, parent) {
  if (node.type === 'MemberExpression' && !node.computed) {
    const { name } = node.property;
    const owner = node.object.type === 'Identifier' ? node.object.name : undefined;
    if (newStatics.has(`${owner}.${name}`)) report(`${owner}.${name}`);
    else if (newMembers.has(name)) report(name);
  }
  if (node.type !== 'Identifier' || !newGlobals.has(node.name)) return;
  const isName = (parent?.type === 'MemberExpression' && parent.property === node) || parent?.key === node;
  const isQuestion = parent?.type === 'UnaryExpression' && parent.operator === 'typeof';
  if (!isName && !isQuestion) report(node.name);
}

function report(use) {
  if (!ALLOWED.has(use)) faults.add(use);
}

/**
 * The features that are newer than the oldest browsers. Of the members of values only those of the language count:
 * names of the browser's interfaces are too often the names of our own objects.
 */
function newerThanTheOldest() {
  const oldest = oldestBrowsers();
  const isNew = feature => {
    const support = feature.__compat?.support;
    if (!support) return false;
    return Object.entries(oldest).some(([browser, version]) => {
      const entries = [support[browser]].flat().filter(Boolean);
      const isThere = entries.some(
        ({ version_added: since, version_removed: until, flags }) =>
          !flags &&
          !until &&
          (since === true || (typeof since === 'string' && atLeast(version, since.replace('≤', '')))),
      );
      return !isThere;
    });
  };
  const newMembers = new Set();
  const oldMembers = new Set();
  const newStatics = new Set();
  const newGlobals = new Set();
  for (const interfaces of [bcd.javascript.builtins, bcd.api]) {
    for (const [owner, features] of Object.entries(interfaces)) {
      if (owner === '__compat') continue;
      if (isNew(features)) newGlobals.add(owner);
      for (const [key, feature] of Object.entries(features)) {
        if (key === '__compat') continue;
        const name = key.replace(/_static$/, '');
        if (isNew(feature) || isNew(features)) {
          if (interfaces === bcd.javascript.builtins) newMembers.add(name);
          newStatics.add(`${owner}.${name}`);
        } else {
          oldMembers.add(name);
        }
      }
    }
  }
  for (const name of oldMembers) newMembers.delete(name);
  return { newMembers, newStatics, newGlobals };
}

function atLeast(version, since) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
