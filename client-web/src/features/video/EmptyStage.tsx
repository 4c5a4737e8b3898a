import type { Session } from '../../sync/session';
import { ThreeScreens } from '../../ui/ThreeScreens';
import { VideoForm } from './VideoForm';

/** What stands in the picture's place in a room without a video. */
export function EmptyStage({ session }: { session: Session }) {
  return (
    <div className="relative grid min-h-[26rem] grid-cols-1 place-items-center p-6 lg:aspect-video">
      <div className="w-full max-w-lg text-center">
        <ThreeScreens className="mx-auto mb-6 w-64 max-w-full" />
        <h2 className="text-2xl font-bold tracking-tight text-balance sm:text-3xl">What are we watching?</h2>
        <p className="mt-2 mb-6 text-pretty text-muted">
          Put a video on, and it appears for everyone in the room at the same second.
        </p>
        <VideoForm session={session} />
      </div>
    </div>
  );
}
