import { expect, test } from 'vitest';

/** The parts that each part of the page may import, besides itself, in the order of the layers, from the inside out. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  constants: [],
  protocol: [],
  sync: ['constants', 'protocol', 'socket.io-client'],
  language: ['sync'],
  ui: ['constants', 'language', 'react'],
  features: ['constants', 'protocol', 'sync', 'language', 'ui', 'react'],
  app: ['protocol', 'sync', 'language', 'ui', 'features', 'react'],
};

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = Object.entries(sources).filter(([file]) => !file.includes('.test.') && partOf(file) in ALLOWED);

/** The first folder below src, or the name of a file in src itself. */
function partOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.tsx?$/, '');
}

/** Paths from src, or package names. */
function importsOf(file: string, source: string): string[] {
  return [...source.matchAll(/from '([^']+)'/g)].map(([, specifier = '']) =>
    specifier.startsWith('.') ? `.${new URL(specifier, `file:///${file.slice(2)}`).pathname}` : specifier,
  );
}

test('there are files to check', () => {
  for (const part of Object.keys(ALLOWED)) {
    expect(files.map(([file]) => partOf(file))).toContain(part);
  }
});

test.each(files)('%s imports inner parts only', (file, source) => {
  const part = partOf(file);
  for (const imported of importsOf(file, source)) {
    const importedPart = imported.startsWith('./') ? partOf(imported) : imported;
    expect([part, ...(ALLOWED[part] ?? [])]).toContain(importedPart);
  }
});

test.each(files.filter(([file]) => partOf(file) === 'features'))(
  '%s imports no other feature',
  (file, source) => {
    const feature = file.split('/')[2];
    const features = importsOf(file, source)
      .filter(imported => partOf(imported) === 'features')
      .map(imported => imported.split('/')[2]);
    for (const imported of features) expect(imported).toBe(feature);
  },
);
