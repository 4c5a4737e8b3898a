import { useLanguage } from '../../ui/useLanguage';

/** The moment between a reload and the room. */
export function ReturningScreen() {
  const { say } = useLanguage();
  return (
    <main className="gutter grid grow place-items-center pb-24">
      <p role="status" className="text-muted">
        {say('door.returning')}
      </p>
    </main>
  );
}
