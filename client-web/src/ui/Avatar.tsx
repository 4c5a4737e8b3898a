import { firstGrapheme } from './graphemes';
import { PALETTE } from './palette';

interface Props {
  readonly name: string;
  /** An index of PALETTE. */
  readonly colour: number;
  readonly className?: string;
}

/** The first letters of a name on a person's colour. It shows nothing that the name beside it does not. */
export function Avatar({ name, colour, className = 'size-9 text-sm' }: Props) {
  const tint = PALETTE[colour];
  return (
    <span
      aria-hidden="true"
      className={`grid shrink-0 place-items-center rounded-full border border-transparent font-semibold ${className}`}
      style={{ background: tint?.background, color: tint?.ink }}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
  return (firstGrapheme(words[0] ?? '') + last).toUpperCase();
}
