// Waits for conditions.

const PATIENCE_MS = 30_000;
const POLL_MS = 50;

/**
 * Looks until the result satisfies, and returns it; fails with the last result.
 *
 * @param what the condition, in words
 * @param look returns the value to judge
 * @param isSatisfied judges the value
 */
export async function eventually(what, look, isSatisfied = Boolean, patienceMs = PATIENCE_MS) {
  const deadlineMs = performance.now() + patienceMs;
  let seen = await look();
  while (!isSatisfied(seen)) {
    if (performance.now() > deadlineMs) {
      throw new Error(`not within ${patienceMs / 1000} s: ${what}; last seen: ${JSON.stringify(seen)}`);
    }
    await sleep(POLL_MS);
    seen = await look();
  }
  return seen;
}

export function sleep(durationMs) {
  return new Promise(resolve => setTimeout(resolve, durationMs));
}
