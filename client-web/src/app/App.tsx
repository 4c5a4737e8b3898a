import { useEffect, useRef, useState } from 'react';
import { RefusedScreen } from '../features/door/RefusedScreen';
import { ReturningScreen } from '../features/door/ReturningScreen';
import { HomeScreen } from '../features/home/HomeScreen';
import { InvalidRoomScreen } from '../features/home/InvalidRoomScreen';
import { recentRooms } from '../features/home/recentRooms';
import { InviteButton } from '../features/invite/InviteButton';
import { InviteLink } from '../features/invite/InviteLink';
import { type Greeting, JoinScreen } from '../features/join/JoinScreen';
import { Participants } from '../features/participants/Participants';
import { Stage } from '../features/player/Stage';
import { useDisplay } from '../features/player/useDisplay';
import { RoomSettings } from '../features/room/RoomSettings';
import { useJoinChime } from '../features/settings/useJoinChime';
import { ActivityList, NewestActivity } from '../features/status/ActivityList';
import { ConnectionBanner } from '../features/status/ConnectionBanner';
import { NowLine } from '../features/status/NowLine';
import { Toast } from '../features/status/Toast';
import { EmptyStage } from '../features/video/EmptyStage';
import { UndoToast } from '../features/video/UndoToast';
import { VideoForm } from '../features/video/VideoForm';
import { message, Name } from '../language/message';
import { isHost } from '../sync/roles';
import type { Session } from '../sync/session';
import { useLanguage } from '../ui/useLanguage';
import { useStore } from '../ui/useStore';
import { Header } from './Header';
import type { PartyServer } from './server';
import { startParty } from './startParty';
import type { Visit, Visits } from './visits';

export function App({ server, visits }: { server: PartyServer; visits: Visits }) {
  const visit = useStore(visits.view, current => current);
  return (
    <div className="group/page relative isolate flex min-h-dvh flex-col overflow-x-clip">
      {visit.session ? (
        <Party key={visit.id} visit={visit} session={visit.session} server={server} visits={visits} />
      ) : (
        <Entrance visit={visit} server={server} visits={visits} />
      )}
    </div>
  );
}

interface EntranceProps {
  readonly visit: Visit;
  readonly server: PartyServer;
  readonly visits: Visits;
}

/** Before any room has been chosen. */
function Entrance({ visit: { destination }, server, visits }: EntranceProps) {
  const offersOpenRoom = useStore(server.info, info => info?.defaultRoom ?? false);
  return (
    <>
      <Header className="max-w-6xl" />
      {destination.kind === 'invalid' ? (
        <InvalidRoomScreen
          name={destination.name}
          suggestion={destination.suggestion}
          onEnter={room => visits.enter(room, { arrival: 'address' })}
          onLeave={() => visits.leave()}
        />
      ) : (
        <HomeScreen
          offersOpenRoom={offersOpenRoom}
          addressOf={server.addressOf}
          onStart={(request, username) => startParty(server, visits, request, username)}
          onEnter={(room, username) => visits.enter(room, { arrival: 'typed', username })}
        />
      )}
    </>
  );
}

interface PartyProps {
  readonly visit: Visit;
  readonly session: Session;
  readonly server: PartyServer;
  readonly visits: Visits;
}

function Party({ visit, session, server, visits }: PartyProps) {
  const hasJoined = useStore(session.view, view => view.joined);
  const title = useStore(session.view, view => view.room?.title);
  const refusal = useStore(session.view, view => view.refusal);
  const isReturning = useStore(session.view, view => view.returning && !view.connectionProblem);

  /** A person who gets no room here finds the reason on the home page, when they try again. */
  async function start(username?: string) {
    if (await startParty(server, visits, {}, username)) visits.leave();
  }

  const leave = () => visits.leave();

  if (refusal) {
    return (
      <>
        <Header className="max-w-6xl" />
        <RefusedScreen session={session} refusal={refusal} onStart={leave} />
      </>
    );
  }
  return (
    <>
      {hasJoined ? (
        <Room session={session} visit={visit} server={server} onLeave={leave} />
      ) : (
        <>
          <Header session={session} className="max-w-6xl" />
          {isReturning ? (
            <ReturningScreen />
          ) : (
            <JoinScreen session={session} greeting={greetingOf(visit, title)} onStart={start} />
          )}
        </>
      )}
      <div className="gutter pointer-events-none fixed inset-x-0 bottom-[max(1rem,env(safe-area-inset-bottom))] z-30 flex flex-col items-center gap-2 *:pointer-events-auto">
        <UndoToast session={session} />
        <Toast session={session} />
      </div>
    </>
  );
}

function greetingOf({ destination, arrival }: Visit, title: string | undefined): Greeting {
  if (destination.kind !== 'named') return { kind: 'open' };
  const kind = arrival === 'address' ? 'invited' : arrival;
  return { kind, roomName: title || destination.name };
}

interface RoomProps {
  readonly session: Session;
  readonly visit: Visit;
  readonly server: PartyServer;
  readonly onLeave: () => void;
}

function Room({ session, visit: { destination, arrival }, server, onLeave }: RoomProps) {
  const { say } = useLanguage();
  const hasVideo = useStore(session.playback.view, view => view.videoId !== '');
  const display = useDisplay();
  const fillsWindow = hasVideo && display.fillsWindow;
  const title = useStore(session.view, view => view.room?.title);
  const ownName = destination.kind === 'named' ? destination.name : undefined;
  const roomName = title || ownName;
  const amHost = useStore(session.view, isHost);
  const [isSetting, setSetting] = useState(false);
  const address = useStore(server.info, () => server.addressOf(destination));
  useJoinChime(session);
  useEffect(() => {
    if (ownName) recentRooms.add(ownName);
  }, [ownName]);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone; a screen reader announces where the person is now.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      {/* On a phone on its side the picture has the first screen to itself; it is outside the flow. */}
      <div hidden={fillsWindow} className={hasVideo ? 'flat:mt-[100dvh]' : ''}>
        <Header session={session} roomName={roomName ?? say('page.openRoom')} className={LAYOUTS.header}>
          <InviteButton address={address} />
        </Header>
      </div>
      <main
        data-theme={fillsWindow ? 'dark' : undefined}
        className={fillsWindow ? LAYOUTS.filling : LAYOUTS.normal}
      >
        <h1 ref={heading} tabIndex={-1} className="sr-only">
          {say(
            roomName ? message('page.headingInRoom', { room: new Name(roomName) }) : 'page.headingInOpenRoom',
          )}
        </h1>
        <NewestActivity session={session} />
        <div className={fillsWindow ? 'contents' : LAYOUTS.column}>
          <Stage
            session={session}
            display={display}
            empty={
              <EmptyStage
                session={session}
                invitation={arrival === 'host' && <InviteLink address={address} />}
              />
            }
          />
          <div className={fillsWindow ? '' : 'empty:hidden stacked:gutter'}>
            <ConnectionBanner session={session} />
          </div>
          {hasVideo && (
            <div hidden={fillsWindow} className="stacked:gutter">
              <NowLine session={session} />
            </div>
          )}
        </div>
        <aside
          hidden={fillsWindow}
          className="flex flex-col gap-4 stacked:gutter sm:stacked:grid sm:stacked:grid-cols-2 sm:stacked:items-start"
          aria-label={say('page.room')}
        >
          {hasVideo && (
            <div className="sm:stacked:col-span-2">
              <VideoForm session={session} />
            </div>
          )}
          {/* It has the whole width as long as nothing has happened. */}
          <div className="sm:stacked:last:col-span-2">
            <Participants
              session={session}
              roomName={roomName ?? say('page.openRoomForAll')}
              onSettings={() => setSetting(true)}
              onLeave={onLeave}
            />
          </div>
          <ActivityList session={session} />
        </aside>
      </main>
      {isSetting && amHost && <RoomSettings session={session} onClose={() => setSetting(false)} />}
    </>
  );
}

const LAYOUTS = {
  // A message stands under the picture, never over it.
  filling:
    'fixed inset-0 z-20 flex flex-col bg-black pt-[env(safe-area-inset-top)] text-ink group-has-data-message/page:bottom-24',
  normal:
    'flex w-full grow flex-col gap-4 pb-[max(2rem,env(safe-area-inset-bottom))] wide:grid wide:grid-cols-[minmax(0,var(--picture-width))_var(--people-width)] wide:content-start wide:justify-center wide:gap-6 wide:gutter wide:pb-4',
  // As wide as both columns, their gap of 1.5rem and the two gutters.
  header: 'wide:max-w-[calc(var(--picture-width)+var(--people-width)+4.5rem)]',
  column: 'contents wide:flex wide:min-w-0 wide:flex-col wide:gap-3',
};
