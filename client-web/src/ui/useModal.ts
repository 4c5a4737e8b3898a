import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Shows a dialog over the page as long as it is there.
 *
 * @param focused gets the focus; without it, the browser chooses
 */
export function useModal(focused?: RefObject<HTMLElement | null>): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  // It must be closed before it is removed: then the browser returns the focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    focused?.current?.focus();
    return () => element?.close();
  }, [focused]);
  return dialog;
}
