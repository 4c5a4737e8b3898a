import type { ComponentProps } from 'react';

type Look = 'primary' | 'quiet' | 'icon' | 'round';

const LOOKS: Record<Look, string> = {
  primary:
    'min-h-11 rounded-full bg-accent px-5 font-semibold text-on-accent hover:bg-accent-strong disabled:opacity-60',
  quiet:
    'min-h-10 rounded-full border border-line bg-surface px-4 font-medium hover:border-field disabled:opacity-60',
  icon: 'grid size-11 shrink-0 place-items-center rounded-full text-ink hover:bg-sunken disabled:opacity-45 disabled:hover:bg-transparent',
  round:
    'grid size-11 shrink-0 place-items-center rounded-full bg-accent text-on-accent hover:bg-accent-strong disabled:opacity-45',
};

export function Button({
  look = 'quiet',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" className={`transition-colors ${LOOKS[look]} ${className}`} {...props} />;
}
