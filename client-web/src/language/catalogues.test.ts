import { expect, test } from 'vitest';
import { ENGLISH } from './english';
import { GERMAN } from './german';
import type { Catalogue, Key, Plural } from './message';

/** These are the same in German, because they are names, numbers, or words of both languages. */
const SAME_IN_GERMAN: readonly Key[] = [
  'page.name',
  'page.titleWithVideo',
  'page.titleWithVideoInRoom',
  'people.sameName',
  'settings.system',
  'connection.offline',
  'sync.milliseconds',
  'sync.seconds',
  'video.stage',
  'video.example',
  'player.live',
];

const ENGLISH_CATALOGUE: Catalogue = ENGLISH;
const CATALOGUES: [string, Catalogue][] = [
  ['en', ENGLISH_CATALOGUE],
  ['de', GERMAN],
];
const KEYS = Object.keys(ENGLISH) as Key[];

test.each(CATALOGUES)('%s has exactly the messages of the English catalogue', (_, catalogue) => {
  expect(Object.keys(catalogue).sort()).toEqual([...KEYS].sort());
});

test.each(CATALOGUES)('%s has the placeholders of the English catalogue', (_, catalogue) => {
  for (const key of KEYS) {
    expect([key, placeholdersOf(catalogue[key])]).toEqual([key, placeholdersOf(ENGLISH_CATALOGUE[key])]);
  }
});

test.each(CATALOGUES)('%s has exactly the plural forms that the language needs', (locale, catalogue) => {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  for (const key of KEYS) {
    const text = catalogue[key];
    if (typeof text !== 'string') expect([key, Object.keys(text).sort()]).toEqual([key, [...needed].sort()]);
  }
});

test.each(CATALOGUES)('no message in %s is empty, or has space at its ends', (_, catalogue) => {
  for (const key of KEYS) {
    for (const text of formsOf(catalogue[key])) {
      expect([key, text]).toEqual([key, text.trim()]);
      expect([key, text]).not.toEqual([key, '']);
    }
  }
});

test('each English text is in the catalogue once', () => {
  const texts = KEYS.map(key => formsOf(ENGLISH_CATALOGUE[key]).join('|'));
  expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
});

test('every message is German, except those that are the same in both languages', () => {
  const same = KEYS.filter(key => {
    const english = formsOf(ENGLISH_CATALOGUE[key]);
    return formsOf(GERMAN[key]).some(text => english.includes(text));
  });
  expect(same.sort()).toEqual([...SAME_IN_GERMAN].sort());
});

test('German has its own quotation marks', () => {
  for (const key of KEYS) {
    for (const text of formsOf(GERMAN[key])) {
      expect([key, text.replace(/„[^„“]*“/g, '')]).not.toEqual([key, expect.stringMatching(/["'„“”]/)]);
    }
  }
});

function formsOf(text: string | Plural): string[] {
  return typeof text === 'string' ? [text] : Object.values(text);
}

/** Of all forms together: a form for one may leave out the number. */
function placeholdersOf(text: string | Plural): string[] {
  const names = formsOf(text).flatMap(form => [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  return [...new Set(names)].sort();
}
