import { Button } from './Button';

interface Props {
  /** Whether an answer is awaited; until then it cannot be pressed again. */
  readonly isWaiting: boolean;
  readonly className: string;
  readonly children: string;
}

/** The large button at the end of a form, which keeps the focus while it waits. */
export function SubmitButton({ isWaiting, className, children }: Props) {
  return (
    <Button
      look="primary"
      type="submit"
      className={`min-h-12 w-full text-lg ${className}`}
      aria-disabled={isWaiting}
      aria-busy={isWaiting}
    >
      {children}
    </Button>
  );
}
