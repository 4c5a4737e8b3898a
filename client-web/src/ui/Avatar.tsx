const COLOURS = [
  'avatar-0',
  'avatar-1',
  'avatar-2',
  'avatar-3',
  'avatar-4',
  'avatar-5',
  'avatar-6',
  'avatar-7',
] as const;

/** The first letters of a name on a colour that goes with the name. Says nothing that the name beside it does not. */
export function Avatar({ name, className = 'size-9 text-sm' }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`grid shrink-0 place-items-center rounded-full font-semibold text-white ${colourOf(name)} ${className}`}
    >
      {initials(name)}
    </span>
  );
}

function colourOf(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return COLOURS[hash % COLOURS.length] ?? COLOURS[0];
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = Array.from(words[0] ?? '')[0] ?? '';
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : '';
  return (first + last).toUpperCase();
}
