import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface Props {
  /** Returns the element that gets the focus. It is called after the change, so the element may be new. */
  readonly heir: () => HTMLElement | null | undefined;
  readonly children: ReactNode;
}

/**
 * Wraps content that may disappear while it has the focus. It passes the focus on, because the browser would drop it.
 */
export function KeepFocus({ heir, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const latestHeir = useRef(heir);
  useLayoutEffect(() => {
    latestHeir.current = heir;
  });
  useLayoutEffect(() => {
    const own = element.current;
    return () => {
      if (own?.contains(document.activeElement)) queueMicrotask(() => latestHeir.current()?.focus());
    };
  }, []);
  return (
    <div ref={element} className="contents">
      {children}
    </div>
  );
}
