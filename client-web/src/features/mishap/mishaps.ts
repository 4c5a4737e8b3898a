import { Store } from '../../sync/store';

/** Whether something went wrong that the page was not made for, and was not told yet. */
export const mishap = new Store(false);

/**
 * Watches for exceptions that nothing caught: of handlers, timers and sockets, and of promises. The browser writes them to
 * its console as before.
 */
export function watchForMishaps(): void {
  window.addEventListener('error', ({ error }) => {
    // Scripts of other origins, YouTube's above all, tell nothing of their errors: those are not ours.
    if (error !== null && error !== undefined) mishap.set(true);
  });
  window.addEventListener('unhandledrejection', () => mishap.set(true));
}
