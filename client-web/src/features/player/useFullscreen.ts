import { type RefObject, useCallback, useEffect, useState } from 'react';

export interface Fullscreen {
  readonly isSupported: boolean;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

export function useFullscreen(element: RefObject<HTMLElement | null>): Fullscreen {
  const [isOn, setOn] = useState(false);

  useEffect(() => {
    const update = () => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);

  const toggle = useCallback(() => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen();
    // A browser that refuses leaves the page as it is, which says enough.
    change?.catch(() => undefined);
  }, [element]);
  return { isSupported: document.fullscreenEnabled, isOn, toggle };
}
