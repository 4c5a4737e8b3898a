import { afterEach, beforeEach, vi } from 'vitest';

/** Gives each test of the file an empty `localStorage`; returns what is in it. */
export function testingStorage(): Map<string, string> {
  const items = new Map<string, string>();
  beforeEach(() => {
    items.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  return items;
}
