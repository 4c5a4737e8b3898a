import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../ui/useLanguage';

const SAID_MS = 2500;

interface Copying {
  /** Whether it was copied just now. */
  readonly said: boolean;
  readonly copy: () => Promise<void>;
}

/** Copies an address. If the browser refuses, shows the address so that it can be copied by hand. */
export function useCopy(address: string): Copying {
  const { say } = useLanguage();
  const [said, setSaid] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    if (!(await copied(address))) {
      window.prompt(say('invite.copyByHand'), address);
      return;
    }
    clearTimeout(timer.current);
    setSaid(true);
    timer.current = setTimeout(() => setSaid(false), SAID_MS);
  }

  return { said, copy };
}

/** Pages without TLS have no clipboard, but may copy the selection. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

function copiedBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'fixed top-0 left-0 opacity-0';
  // Only what is in the open dialog can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
