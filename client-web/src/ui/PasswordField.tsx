import { type RefObject, useId, useState } from 'react';
import { MAX_PASSWORD_CHARACTERS } from '../constants';
import { useLanguage } from './useLanguage';

interface Props {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly readOnly?: boolean;
  readonly isInvalid: boolean;
  readonly describedBy: string;
  readonly autoComplete: 'current-password' | 'off';
  readonly onChange: (typed: string) => void;
}

/** A field for a room's password, which can be shown. */
export function PasswordField({
  input,
  value,
  readOnly = false,
  isInvalid,
  describedBy,
  autoComplete,
  onChange,
}: Props) {
  const { say } = useLanguage();
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <label htmlFor={id} className="px-1 text-sm font-medium">
        {say('room.password')}
      </label>
      <input
        ref={input}
        id={id}
        type={isShown ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={MAX_PASSWORD_CHARACTERS}
        className="mt-1 min-h-11 w-full rounded-full border border-field bg-surface px-4 read-only:bg-sunken"
        value={value}
        readOnly={readOnly}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        onChange={event => onChange(event.target.value)}
      />
      <label className="mt-2 flex min-h-6 pointer-coarse:mt-0 pointer-coarse:min-h-11 w-fit cursor-pointer items-center gap-2 px-1 text-sm text-muted">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={isShown}
          onChange={event => setShown(event.target.checked)}
        />
        {say('room.showPassword')}
      </label>
    </>
  );
}
