import type { RefObject } from 'react';
import type { Message } from '../language/message';
import { useLanguage } from './useLanguage';

interface Props {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly problem: Message | undefined;
  /** Whether it cannot be changed at the moment. */
  readonly readOnly?: boolean;
  readonly onChange: (typed: string) => void;
}

export function NameField({ input, value, problem, readOnly = false, onChange }: Props) {
  const { say } = useLanguage();
  return (
    <>
      <label htmlFor="username" className="px-1 text-sm font-medium">
        {say('join.name')}
      </label>
      <input
        ref={input}
        id="username"
        type="text"
        dir="auto"
        autoComplete="nickname"
        // It is the first thing to do on the page.
        // biome-ignore lint/a11y/noAutofocus: nothing before it is skipped.
        autoFocus
        className="mt-1 min-h-12 w-full rounded-full border border-field bg-surface px-4 text-lg read-only:bg-sunken"
        value={value}
        readOnly={readOnly}
        aria-invalid={problem !== undefined}
        aria-describedby="username-error"
        onChange={event => onChange(event.target.value)}
      />
      <p id="username-error" role="alert" className="mt-1.5 px-1 text-sm text-bad empty:hidden">
        {problem && say(problem)}
      </p>
    </>
  );
}
