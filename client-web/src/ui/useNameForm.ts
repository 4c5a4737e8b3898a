import { type FormEvent, type RefObject, useRef, useState } from 'react';
import type { PlainKey } from '../language/message';
import { takeUsername } from './username';

interface NameForm {
  readonly input: RefObject<HTMLInputElement | null>;
  /** As it was typed. */
  readonly name: string;
  readonly problem: PlainKey | undefined;
  readonly type: (typed: string) => void;
  readonly submit: (event: FormEvent) => void;
}

/** A form that asks for a person's name, takes one that has something visible, and remembers it for the next visits. */
export function useNameForm(initial: () => string, onTaken: (username: string) => void): NameForm {
  const [name, setName] = useState(initial);
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return {
    input,
    name,
    problem: isMissing ? 'join.nameNeeded' : undefined,
    type: typed => {
      setName(typed);
      setMissing(false);
    },
    submit: event => {
      event.preventDefault();
      const username = takeUsername(name);
      if (username === undefined) {
        setMissing(true);
        input.current?.focus();
        return;
      }
      setName(username);
      onTaken(username);
    },
  };
}
