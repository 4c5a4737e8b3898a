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
};
