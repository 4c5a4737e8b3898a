import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { KEY_SEEK_S } from '../../constants';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { KeepFocus } from '../../ui/KeepFocus';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { Controls } from './Controls';
import { Loading } from './Loading';
import type { PlayerProblem } from './playerProblem';
import type { Display } from './useDisplay';
import { usePageTitle } from './usePageTitle';
import { usePlayer } from './usePlayer';
import { useShortcuts } from './useShortcuts';
import { useSound } from './useSound';
import { VideoTitle } from './VideoTitle';

interface Props {
  readonly session: Session;
  readonly display: Display;
  /** The content in the picture's place while the room has no video. */
  readonly empty: ReactNode;
}

/** The picture and its controls, with the title below. */
export function Stage({ session, display, empty }: Props) {
  const { say } = useLanguage();
  const { playback } = session;
  const section = useRef<HTMLElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const playButton = useRef<HTMLButtonElement>(null);
  const hasVideo = useStore(playback.view, view => view.videoId !== '');
  const blocked = useStore(playback.view, view => view.blocked);
  const { player, problem, isLoading, retry } = usePlayer(session, container);
  // The title arrives with the video, so a new state or length of the player is the time to read it.
  useStore(playback.view, view => `${view.videoId} ${view.playerState} ${view.durationS}`);
  const title = hasVideo && !problem ? (player?.title() ?? '') : '';
  usePageTitle(session, title);
  const sound = useSound(player);
  const fillsWindow = hasVideo && display.fillsWindow;
  const shortcuts = useMemo(
    () => ({
      toggle: () => playback.toggle(),
      back: () => playback.seekBy(-KEY_SEEK_S),
      forward: () => playback.seekBy(KEY_SEEK_S),
      toggleMuted: sound.toggleMuted,
      toggleFullscreen: display.toggleFullscreen,
      toggleTheatre: display.toggleTheatre,
      leave: display.leave,
    }),
    [playback, sound.toggleMuted, display],
  );
  useShortcuts(shortcuts, section, hasVideo);

  const heir = () => playButton.current;
  // The form of a room without a video may have been further down the page.
  useLayoutEffect(() => {
    if (hasVideo) section.current?.scrollIntoView({ block: 'nearest' });
  }, [hasVideo]);
  // The element that had the focus may be under the picture now.
  useLayoutEffect(() => {
    if (fillsWindow && isHidden(document.activeElement)) playButton.current?.focus();
  }, [fillsWindow]);

  const look = hasVideo ? (fillsWindow ? LOOKS.filling : LOOKS.normal) : LOOKS.empty;
  return (
    <>
      <section ref={section} aria-label={say('video.stage')} className={look.section}>
        <div className={`relative overflow-hidden ${look.picture} ${problem ? look.problem : ''}`}>
          {isLoading && <Loading />}
          {/* The frame's own colours are YouTube's: in a dark page it would be white until it is loaded. */}
          <div ref={container} className="absolute inset-0 scheme-light [&>*]:size-full" />
          {!hasVideo && <KeepFocus heir={heir}>{empty}</KeepFocus>}
          {hasVideo && problem && (
            <KeepFocus heir={heir}>
              <Problem problem={problem} onRetry={retry} />
            </KeepFocus>
          )}
        </div>
        {hasVideo && !problem && blocked && (
          <KeepFocus heir={heir}>
            <BlockedStart onStart={() => playback.joinPlayback()} />
          </KeepFocus>
        )}
        {hasVideo && <Controls session={session} sound={sound} display={display} playButton={playButton} />}
      </section>
      {hasVideo && !problem && <VideoTitle title={title} hidden={fillsWindow} />}
    </>
  );
}

/** YouTube requires a picture of at least 200 by 200 pixels. */
const LOOKS = {
  empty: {
    section: 'stacked:gutter',
    picture: 'rounded-2xl bg-surface',
    problem: '',
  },
  normal: {
    section:
      'flex flex-col wide:gap-2 upright:sticky upright:top-[env(safe-area-inset-top)] upright:z-10 flat:absolute flat:inset-x-0 flat:top-0 flat:h-dvh flat:group-has-data-message/page:h-[calc(100dvh-6rem)]',
    picture:
      'aspect-video min-h-50 w-full bg-black stacked:max-h-[calc(100dvh-8rem)] wide:rounded-2xl flat:aspect-auto flat:max-h-none flat:grow',
    problem: 'min-h-72 flat:min-h-50',
  },
  filling: {
    section: 'flex min-h-0 grow flex-col',
    picture: 'min-h-0 grow bg-black',
    problem: '',
  },
};

function isHidden(element: Element | null): boolean {
  return element !== null && element !== document.body && element.getClientRects().length === 0;
}

/** It is beside the picture, not over it: an advertisement may delay the player, and must stay reachable. */
function BlockedStart({ onStart }: { onStart: () => void }) {
  const { say } = useLanguage();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-surface px-4 py-2 wide:rounded-2xl"
    >
      <p>{say('player.waitsForClick')}</p>
      <Button look="primary" className="flex items-center gap-2" onClick={onStart}>
        <Icon name="play" /> {say('player.joinPlayback')}
      </Button>
    </div>
  );
}

function Problem({ problem, onRetry }: { problem: PlayerProblem; onRetry: () => void }) {
  const { say } = useLanguage();
  return (
    <div
      role="alert"
      className="absolute inset-0 grid place-items-center overflow-y-auto bg-black p-4 text-center text-white sm:p-6"
    >
      <div className="max-w-md">
        <p className="text-xl font-semibold text-balance">{say(problem.title)}</p>
        <p className="mt-2 text-sm text-pretty text-white/75 sm:text-base">{say(problem.advice)}</p>
        {problem.canRetry && (
          <Button look="primary" className="mt-5" onClick={onRetry}>
            {say('player.tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}
