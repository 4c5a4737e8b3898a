import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  /** The id of the heading above it. */
  readonly labelledBy: string;
  /** Bounds its height. */
  readonly className: string;
  readonly children: ReactNode;
}

/**
 * Content that scrolls when it grows too long. Only then the keyboard stops at it, so that the arrow keys can scroll
 * it.
 */
export function ScrollArea({ labelledBy, className, children }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);

  useEffect(() => {
    const [outer, inner] = [area.current, content.current];
    if (!outer || !inner) return;
    const observer = new ResizeObserver(() => setScrolls(outer.scrollHeight > outer.clientHeight));
    observer.observe(outer);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);

  const whileItScrolls = scrolls ? { tabIndex: 0, role: 'group', 'aria-labelledby': labelledBy } : {};
  return (
    <div ref={area} className={`overflow-y-auto ${className}`} {...whileItScrolls}>
      <div ref={content}>{children}</div>
    </div>
  );
}
