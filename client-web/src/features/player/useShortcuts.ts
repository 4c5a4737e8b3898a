import { type RefObject, useEffect } from 'react';
import { isForRoom, isRepeated, type Shortcut, shortcutOf } from './shortcut';

export type Shortcuts = Readonly<Record<Shortcut, () => void>>;

/** Has keys of its own, or gives them to what it holds. */
const CONTROL =
  'a, button, input, select, summary, textarea, iframe, [contenteditable], [tabindex]:not([tabindex="-1"])';
const TYPING =
  'input:not([type="range"], [type="button"], [type="checkbox"], [type="radio"]), select, textarea, [contenteditable]';
const DIALOG = 'dialog[open], [role="dialog"], [role="alertdialog"]';

/** Marks a control of the player that leaves the room's keys to the player. */
export const ROOM_KEYS = { 'data-room-keys': '' };

/**
 * The player's keys. Those for the room act where the focus is on nothing or in the player, for elsewhere they have a use
 * already: the arrows scroll a list, and space presses a button. Those for this person alone act from all but fields.
 */
export function useShortcuts(
  shortcuts: Shortcuts,
  player: RefObject<HTMLElement | null>,
  isOn: boolean,
): void {
  useEffect(() => {
    if (!isOn) return;
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return;
      const shortcut = shortcutOf(event);
      if (!shortcut || document.querySelector(DIALOG)) return;
      if (isForRoom(shortcut) ? !isFree(event.target, player.current) : event.target.closest(TYPING)) return;
      // A held space must not scroll the page either.
      event.preventDefault();
      if (!event.repeat || isRepeated(shortcut)) shortcuts[shortcut]();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [shortcuts, player, isOn]);
}

function isFree(focused: Element, player: HTMLElement | null): boolean {
  if (focused === document.body || focused === document.documentElement) return true;
  if (focused.closest('[data-room-keys]')) return true;
  if (focused.closest(CONTROL)) return false;
  // The page puts the focus on a heading to say where it is; a list that scrolls can have it without being marked.
  return focused.getAttribute('tabindex') === '-1' || (player?.contains(focused) ?? false);
}
