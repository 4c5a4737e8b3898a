import { useLanguage } from '../../ui/useLanguage';

/**
 * Shown in the picture's place until YouTube has drawn its own. It is under YouTube's frame: nothing may cover the
 * player.
 */
export function Loading() {
  const { say } = useLanguage();
  return (
    <div
      role="status"
      className="absolute inset-0 flex flex-col items-center justify-center gap-3 text-white"
    >
      <span
        aria-hidden="true"
        className="size-9 animate-spin rounded-full border-4 border-white/25 border-t-white motion-reduce:animate-pulse"
      />
      {say('player.loading')}
    </div>
  );
}
