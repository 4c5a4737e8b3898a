import { Store } from '../../sync/store';

/** Whether an unexpected error has occurred that the person has not been told about. */
export const mishap = new Store(false);

/**
 * Watches for exceptions that nothing caught, in handlers, timers, sockets and promises. The browser still writes them
 * to its console.
 */
export function watchForMishaps(): void {
  window.addEventListener('error', ({ error }) => {
    // Scripts of other origins, above all YouTube's, reveal nothing about their errors; those errors are not ours.
    if (error !== null && error !== undefined) mishap.set(true);
  });
  window.addEventListener('unhandledrejection', () => mishap.set(true));
}
