import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface Props {
  /** What gets the focus; asked after the change, so it may be new. */
  readonly heir: () => HTMLElement | null | undefined;
  readonly children: ReactNode;
}

/** Around what may go away while it has the focus: hands the focus on, where the browser would drop it. */
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
