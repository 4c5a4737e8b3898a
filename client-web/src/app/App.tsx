import { useEffect, useRef } from 'react';
import { InviteButton } from '../features/invite/InviteButton';
import { InvalidRoomScreen, JoinScreen } from '../features/join/JoinScreen';
import { Participants } from '../features/participants/Participants';
import { Stage } from '../features/player/Stage';
import { ActivityList } from '../features/status/ActivityList';
import { ConnectionBanner } from '../features/status/ConnectionBanner';
import { ConnectionStatus } from '../features/status/ConnectionStatus';
import { NowLine } from '../features/status/NowLine';
import { Toast } from '../features/status/Toast';
import { ThemeSwitch } from '../features/theme/ThemeSwitch';
import { EmptyStage } from '../features/video/EmptyStage';
import { VideoForm } from '../features/video/VideoForm';
import type { RequestedRoom } from '../protocol/room';
import type { Session } from '../sync/session';
import { useStore } from '../ui/useStore';
import { Wordmark } from '../ui/Wordmark';

interface Props {
  /** Missing for a room that cannot be. */
  readonly session: Session | undefined;
  readonly room: RequestedRoom;
}

export function App({ session, room }: Props) {
  return (
    <div className="isolate flex min-h-dvh flex-col overflow-x-clip">
      {session ? <Party session={session} room={room} /> : <Lobby room={room} />}
    </div>
  );
}

function Party({ session, room }: { session: Session; room: RequestedRoom }) {
  const hasJoined = useStore(session.view, view => view.username !== undefined);
  return (
    <>
      {hasJoined ? <Room session={session} room={room} /> : <Lobby session={session} room={room} />}
      <Toast session={session} />
    </>
  );
}

function Lobby({ session, room }: { session?: Session; room: RequestedRoom }) {
  return (
    <>
      <header className="mx-auto flex w-full max-w-6xl items-center gap-3 px-5 pt-4">
        <Wordmark />
        <div className="ml-auto flex items-center gap-3">
          {session && <ConnectionStatus session={session} />}
          <ThemeSwitch />
        </div>
      </header>
      {session ? <JoinScreen session={session} room={room} /> : <InvalidRoomScreen />}
    </>
  );
}

function Room({ session, room }: { session: Session; room: RequestedRoom }) {
  const hasVideo = useStore(session.playback.view, view => view.videoId !== '');
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone; who listens to the page is told where they are now.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header className="mx-auto flex w-full max-w-[88rem] items-center gap-3 px-4 py-3 sm:px-6">
        <Wordmark />
        {room.kind === 'named' && (
          <p className="min-w-0 truncate rounded-full bg-sunken px-3 py-1 text-sm font-medium max-sm:hidden">
            {room.name}
          </p>
        )}
        <div className="ml-auto flex items-center gap-2 sm:gap-4">
          <ConnectionStatus session={session} />
          <InviteButton />
          <ThemeSwitch />
        </div>
      </header>
      <main className="mx-auto grid w-full max-w-[88rem] grow grid-cols-1 content-start gap-4 px-4 pb-8 sm:px-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-6">
        <h1 ref={heading} tabIndex={-1} className="sr-only">
          {room.kind === 'named' ? `Watch Party, room ${room.name}` : 'Watch Party, open room'}
        </h1>
        <div className="flex min-w-0 flex-col gap-4">
          <Stage session={session} empty={<EmptyStage session={session} />} />
          <ConnectionBanner session={session} />
          <NowLine session={session} />
          {hasVideo && <VideoForm session={session} />}
        </div>
        <aside className="flex flex-col gap-4" aria-label="Room">
          <Participants session={session} roomName={room.kind === 'named' ? room.name : undefined} />
          <ActivityList session={session} />
        </aside>
      </main>
    </>
  );
}
