/** The values that the browser remembers for this page; none if it refuses. */
export const storage = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Private windows and full disks: the page works without remembered values.
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
      // As above.
    }
  },
  remove(key: string): void {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
};
