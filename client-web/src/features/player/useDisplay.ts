import { useCallback, useEffect, useMemo, useState } from 'react';
import { storage } from '../../ui/storage';

const THEATRE_KEY = 'watchparty.theatre';

/** How much of the window the picture and the controls fill. */
export interface Display {
  /** Whether they fill the window: in theatre mode, and in full screen. */
  readonly fillsWindow: boolean;
  readonly isTheatre: boolean;
  readonly isFullscreen: boolean;
  /** Whether the browser has a full screen. If it has none, as on an iPhone, theatre mode replaces it. */
  readonly hasFullscreen: boolean;
  readonly toggleTheatre: () => void;
  readonly toggleFullscreen: () => void;
  /** Returns to the page from any mode. */
  readonly leave: () => void;
}

/**
 * Theatre mode is remembered; full screen belongs to the browser and is not. The whole page goes to full screen, not
 * only the picture, so that messages and questions are visible there too.
 */
export function useDisplay(): Display {
  const [isTheatre, setTheatre] = useState(() => storage.read(THEATRE_KEY) === 'on');
  const [isFullscreen, setFullscreen] = useState(false);
  const hasFullscreen = canBeFullscreen();

  useEffect(() => {
    const update = () => setFullscreen(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);

  const takeTheatre = useCallback((on: boolean) => {
    storage.write(THEATRE_KEY, on ? 'on' : '');
    setTheatre(on);
  }, []);

  const toggleTheatre = useCallback(() => {
    if (isFullscreen) leaveFullscreen();
    takeTheatre(isFullscreen || !isTheatre);
  }, [isFullscreen, isTheatre, takeTheatre]);

  const toggleFullscreen = useCallback(() => {
    if (isFullscreen) return leaveFullscreen();
    if (!canBeFullscreen()) return takeTheatre(!isTheatre);
    document.documentElement.requestFullscreen().catch(() => takeTheatre(true));
  }, [isFullscreen, isTheatre, takeTheatre]);

  const leave = useCallback(() => {
    if (isFullscreen) return leaveFullscreen();
    if (isTheatre) takeTheatre(false);
  }, [isFullscreen, isTheatre, takeTheatre]);

  return useMemo(() => {
    const fillsWindow = isTheatre || isFullscreen;
    return { fillsWindow, isTheatre, isFullscreen, hasFullscreen, toggleTheatre, toggleFullscreen, leave };
  }, [isTheatre, isFullscreen, hasFullscreen, toggleTheatre, toggleFullscreen, leave]);
}

function canBeFullscreen(): boolean {
  return document.fullscreenEnabled && 'requestFullscreen' in document.documentElement;
}

function leaveFullscreen(): void {
  // A browser that refuses has already left full screen.
  document.exitFullscreen().catch(() => undefined);
}
