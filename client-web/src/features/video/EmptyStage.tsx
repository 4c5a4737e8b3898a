import type { ReactNode } from 'react';
import { maySteer } from '../../sync/roles';
import type { Session } from '../../sync/session';
import { ThreeScreens } from '../../ui/ThreeScreens';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { VideoForm } from './VideoForm';

interface Props {
  readonly session: Session;
  /** For the person who created the room: how to invite the others. */
  readonly invitation?: ReactNode;
}

/** The content in the picture's place in a room without a video. */
export function EmptyStage({ session, invitation }: Props) {
  const { say } = useLanguage();
  const steers = useStore(session.view, maySteer);
  const about = steers ? 'video.putOneOn' : 'video.hostPutsOn';
  return (
    <div className="relative grid min-h-[26rem] grid-cols-1 place-items-center p-4 sm:p-6 wide:aspect-video flat:min-h-0">
      <div className="w-full max-w-lg text-center 2xl:max-w-xl">
        <ThreeScreens className="mx-auto mb-6 w-64 max-w-full flat:hidden 2xl:w-96" />
        <h2 className="text-2xl font-bold tracking-tight text-balance sm:text-3xl 2xl:text-4xl">
          {say(invitation ? 'room.isReady' : 'video.whatToWatch')}
        </h2>
        <p className="mt-2 mb-6 text-balance text-muted">
          {say(invitation ? 'video.inviteThenPutOn' : about)}
        </p>
        {invitation && <div className="mb-4">{invitation}</div>}
        <VideoForm session={session} />
      </div>
    </div>
  );
}
