import { expect, test, vi } from 'vitest';
import { testingStorage } from '../testing/testingStorage';
import { storage } from './storage';

const items = testingStorage();

test('a value is remembered by the browser', () => {
  storage.write('key', 'value');
  expect(items.get('key')).toBe('value');
  expect(storage.read('key')).toBe('value');
  expect(storage.read('other')).toBeNull();
});

test.each<[string, object | undefined]>([
  ['is not there', undefined],
  [
    'refuses to be used',
    {
      getItem() {
        throw new Error('SecurityError');
      },
      setItem() {
        throw new Error('SecurityError');
      },
    },
  ],
  [
    'is full, and holds an older value',
    {
      getItem: () => 'older',
      setItem() {
        throw new Error('QuotaExceededError');
      },
    },
  ],
])('if the storage %s, the page itself remembers', (_, broken) => {
  vi.stubGlobal('localStorage', broken);
  storage.write('kept', 'value');
  expect(storage.read('kept')).toBe('value');
});

test('once the browser takes values again, its own count', () => {
  vi.stubGlobal('localStorage', undefined);
  storage.write('again', 'in the page');
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
  });
  storage.write('again', 'in the browser');
  items.set('again', 'of another tab');
  expect(storage.read('again')).toBe('of another tab');
});
