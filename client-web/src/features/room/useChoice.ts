import { useLayoutEffect, useState } from 'react';

/**
 * A choice that the room has to confirm: it shows the wanted value at once, and the room's value when that changes, or
 * when the room refuses.
 */
export function useChoice<T>(
  value: T,
  request: (wanted: T) => Promise<boolean>,
): readonly [T, (wanted: T) => void] {
  const [wanted, setWanted] = useState<{ readonly value: T }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room's value overrules what was wanted before.
  useLayoutEffect(() => setWanted(undefined), [value]);
  const choose = async (next: T) => {
    setWanted({ value: next });
    if (!(await request(next))) setWanted(undefined);
  };
  return [wanted ? wanted.value : value, choose];
}
