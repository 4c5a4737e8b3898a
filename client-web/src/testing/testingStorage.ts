import { afterEach, beforeEach, vi } from 'vitest';

/** Gives each test of the file an empty storage of that name; returns what is in it. */
export function testingStorage(
  name: 'localStorage' | 'sessionStorage' = 'localStorage',
): Map<string, string> {
  const items = new Map<string, string>();
  beforeEach(() => {
    items.clear();
    vi.stubGlobal(name, {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
      removeItem: (key: string) => items.delete(key),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  return items;
}
