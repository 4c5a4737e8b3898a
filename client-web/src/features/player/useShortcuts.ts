import { useEffect } from 'react';

export interface Shortcuts {
  readonly toggle: () => void;
  readonly back: () => void;
  readonly forward: () => void;
  readonly toggleMuted: () => void;
  readonly toggleFullscreen: () => void;
}

/** YouTube's own keys, on the whole page: space or K, ← →, M, F. Not while typing, nor where a key has a use already. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target))
        return;
      const action = actionOf(event, shortcuts);
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [shortcuts]);
}

function actionOf(event: KeyboardEvent, shortcuts: Shortcuts): (() => void) | undefined {
  if (event.key === 'ArrowLeft') return shortcuts.back;
  if (event.key === 'ArrowRight') return shortcuts.forward;
  if (event.repeat) return undefined;
  switch (event.key.toLowerCase()) {
    case ' ':
      return isControl(event.target) ? undefined : shortcuts.toggle;
    case 'k':
      return shortcuts.toggle;
    case 'm':
      return shortcuts.toggleMuted;
    case 'f':
      return shortcuts.toggleFullscreen;
    default:
      return undefined;
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return target.type !== 'range' || target.dataset.ownKeys !== undefined;
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}

/** Space presses a focused button and opens a focused summary or link. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary') !== null;
}
