import type { ComponentProps, MouseEvent } from 'react';

type Look = 'primary' | 'quiet' | 'icon' | 'round';

// An invisible border becomes visible if the browser forces its own colours.
const LOOKS: Record<Look, string> = {
  primary:
    'min-h-11 rounded-full border border-transparent bg-accent px-5 font-semibold text-on-accent hover:bg-accent-strong aria-disabled:opacity-60',
  quiet:
    'min-h-10 pointer-coarse:min-h-11 rounded-full border border-line bg-surface px-4 font-medium hover:border-field aria-disabled:opacity-60',
  icon: 'grid size-11 shrink-0 place-items-center rounded-full border border-transparent text-ink hover:bg-sunken aria-disabled:opacity-45 aria-disabled:hover:bg-transparent',
  round:
    'grid size-11 shrink-0 place-items-center rounded-full border border-transparent bg-accent text-on-accent hover:bg-accent-strong aria-disabled:opacity-45',
};

type Props = ComponentProps<'button'> & {
  readonly look?: Look;
  /** The effect of a click on the disabled button: it may say why it is disabled. */
  readonly onDisabledClick?: (() => void) | undefined;
};

/** A disabled button does nothing, but keeps the focus: the browser takes the focus from a natively disabled one. */
export function Button({
  look = 'quiet',
  className = '',
  disabled = false,
  onClick,
  onDisabledClick,
  ...props
}: Props) {
  const refuse = (event: MouseEvent) => {
    event.preventDefault();
    onDisabledClick?.();
  };
  return (
    <button
      type="button"
      className={`transition-colors aria-disabled:cursor-default ${LOOKS[look]} ${className}`}
      aria-disabled={disabled || undefined}
      onClick={disabled ? refuse : onClick}
      {...props}
    />
  );
}
