/** Values that the browser has refused to remember: private windows, privacy settings and full disks. */
const refused = new Map<string, string>();

/** The values that the browser remembers for this page. If it refuses, the page keeps them until it is closed. */
export const storage = {
  read(key: string): string | null {
    const kept = refused.get(key);
    if (kept !== undefined) return kept;
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
      refused.delete(key);
    } catch {
      refused.set(key, value);
    }
  },
  /** The entries of a JSON array that are what they should be; none if the value is something else. */
  readList<T>(key: string, isEntry: (value: unknown) => value is T): T[] {
    try {
      const list: unknown = JSON.parse(storage.read(key) ?? '[]');
      return Array.isArray(list) ? list.filter(isEntry) : [];
    } catch {
      return [];
    }
  },
};

/** The values that the browser remembers for this tab, over reloads; none if it refuses. */
export const tabStorage = {
  read(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): void {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // After a reload nothing of it would be left anyway.
    }
  },
  remove(key: string): void {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // There is nothing to remove.
    }
  },
};
