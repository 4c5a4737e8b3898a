import { type RefObject, useEffect } from 'react';
import { isForRoom, isRepeated, type Shortcut, shortcutOf } from './shortcut';

export type Shortcuts = Readonly<Record<Shortcut, () => void>>;

/** Elements that use keys themselves, or pass them to their content. */
const CONTROL =
  'a, button, input, select, summary, textarea, iframe, [contenteditable], [tabindex]:not([tabindex="-1"])';
const TYPING =
  'input:not([type="range"], [type="button"], [type="checkbox"], [type="radio"]), select, textarea, [contenteditable]';
const DIALOG = 'dialog[open], [role="dialog"], [role="alertdialog"]';

/** Marks a control of the player that leaves the room's keys to the player. */
export const ROOM_KEYS = { 'data-room-keys': '' };

/**
 * The player's keys. The keys for the room act only if the focus is on nothing or in the player, because elsewhere they
 * already have a use: the arrows scroll a list, and space presses a button. The keys for this person alone act
 * everywhere except in fields.
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
  // The page focuses a heading to announce where the person is; a list that scrolls can have the focus without being
  // marked.
  return focused.getAttribute('tabindex') === '-1' || (player?.contains(focused) ?? false);
}
