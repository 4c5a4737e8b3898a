import { type RefObject, useEffect } from 'react';

/** Tells whenever an element comes into the window, or leaves it. The listener must keep its identity. */
export function useSight(
  element: RefObject<HTMLElement | null>,
  onChange: (isInSight: boolean) => void,
): void {
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(entries => onChange(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      onChange(false);
    };
  }, [element, onChange]);
}
