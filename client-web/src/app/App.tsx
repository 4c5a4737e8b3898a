import { useEffect, useRef } from 'react';
import { InviteButton } from '../features/invite/InviteButton';
import { InvalidRoomScreen, JoinScreen } from '../features/join/JoinScreen';
import { Participants } from '../features/participants/Participants';
import { Stage } from '../features/player/Stage';
import { ActivityList } from '../features/status/ActivityList';
import { ConnectionBanner } from '../features/status/ConnectionBanner';
import { NowLine } from '../features/status/NowLine';
import { Toast } from '../features/status/Toast';
import { EmptyStage } from '../features/video/EmptyStage';
import { VideoForm } from '../features/video/VideoForm';
import type { RequestedRoom } from '../protocol/room';
import type { Session } from '../sync/session';
import { useStore } from '../ui/useStore';
import { Header } from './Header';

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
      <Header session={session} className="max-w-6xl px-5 pt-4" />
      {session ? <JoinScreen session={session} room={room} /> : <InvalidRoomScreen />}
    </>
  );
}

function Room({ session, room }: { session: Session; room: RequestedRoom }) {
  const hasVideo = useStore(session.playback.view, view => view.videoId !== '');
  const roomName = room.kind === 'named' ? room.name : undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone; who listens to the page is told where they are now.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <Header session={session} roomName={roomName} className="max-w-[88rem] px-4 py-2 sm:px-6">
        <InviteButton />
      </Header>
      <main className="mx-auto grid w-full max-w-[88rem] grow grid-cols-1 content-start gap-4 px-4 pb-8 sm:px-6 lg:pb-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-6">
        <h1 ref={heading} tabIndex={-1} className="sr-only">
          {roomName ? `Watch Party, room ${roomName}` : 'Watch Party, open room'}
        </h1>
        <div className="flex min-w-0 flex-col gap-4">
          <Stage session={session} empty={<EmptyStage session={session} />} />
          <ConnectionBanner session={session} />
          {hasVideo && <NowLine session={session} />}
          {hasVideo && <VideoForm session={session} />}
        </div>
        <aside className="flex flex-col gap-4" aria-label="Room">
          <Participants session={session} roomName={roomName} />
          <ActivityList session={session} />
        </aside>
      </main>
    </>
  );
}
