import { type ReactNode, useMemo, useRef } from 'react';
import { KEY_SEEK_S } from '../../constants';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useStore } from '../../ui/useStore';
import { Controls } from './Controls';
import type { PlayerProblem } from './playerProblem';
import { useFullscreen } from './useFullscreen';
import { usePlayer } from './usePlayer';
import { useShortcuts } from './useShortcuts';
import { useSound } from './useSound';
import { VideoTitle } from './VideoTitle';

interface Props {
  readonly session: Session;
  /** What is shown in the picture's place while the room has no video. */
  readonly empty: ReactNode;
}

/** The picture and its controls. */
export function Stage({ session, empty }: Props) {
  const { playback } = session;
  const stage = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const hasVideo = useStore(playback.view, view => view.videoId !== '');
  const blocked = useStore(playback.view, view => view.blocked);
  const { player, problem, isLoading, retry } = usePlayer(session, container);
  const sound = useSound(player);
  const fullscreen = useFullscreen(stage);
  const shortcuts = useMemo(
    () => ({
      toggle: () => playback.toggle(),
      back: () => playback.seekBy(-KEY_SEEK_S),
      forward: () => playback.seekBy(KEY_SEEK_S),
      toggleMuted: sound.toggleMuted,
      toggleFullscreen: fullscreen.toggle,
    }),
    [playback, sound.toggleMuted, fullscreen.toggle],
  );
  useShortcuts(shortcuts, stage, hasVideo);
  return (
    <section
      aria-label="Video"
      className="@container relative mx-auto w-full max-w-[max(20rem,calc((100dvh-9rem)*16/9))] [@media(max-height:500px)]:max-w-[max(18rem,calc((100dvh-11rem)*16/9))]"
    >
      <div className="stage-glow pointer-events-none absolute -inset-x-10 -inset-y-8 -z-10" />
      <div
        ref={stage}
        className={`flex flex-col gap-2 ${fullscreen.isOn ? 'h-full justify-center bg-black p-2' : ''}`}
      >
        <div
          className={`relative overflow-hidden rounded-2xl ${hasVideo ? 'bg-black' : 'bg-surface'} ${sizeOfPicture(
            {
              hasVideo,
              isFullscreen: fullscreen.isOn,
              hasProblem: problem !== undefined,
            },
          )}`}
        >
          <div ref={container} className="absolute inset-0 [&>*]:size-full" />
          {!hasVideo && empty}
          {isLoading && <Loading />}
          {hasVideo && problem && <Problem problem={problem} onRetry={retry} />}
        </div>
        {hasVideo && !problem && blocked && <BlockedStart onStart={() => playback.joinPlayback()} />}
        {hasVideo && <Controls session={session} sound={sound} fullscreen={fullscreen} />}
      </div>
      {hasVideo && !problem && <VideoTitle session={session} player={player} />}
    </section>
  );
}

function Loading() {
  return (
    <p role="status" className="absolute inset-0 grid place-items-center text-white/75">
      Loading
    </p>
  );
}

function sizeOfPicture(stage: { hasVideo: boolean; isFullscreen: boolean; hasProblem: boolean }): string {
  if (stage.isFullscreen) return 'min-h-0 grow';
  if (!stage.hasVideo) return '';
  return stage.hasProblem ? 'aspect-video min-h-72' : 'aspect-video';
}

/** Beside the picture, not over it: what holds the player up may be an advertisement, which must stay in reach. */
function BlockedStart({ onStart }: { onStart: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-2xl bg-surface px-4 py-3"
    >
      <p>The room is playing; your browser waits for a click.</p>
      <Button look="primary" className="flex items-center gap-2" onClick={onStart}>
        <Icon name="play" /> Click to join the playback
      </Button>
    </div>
  );
}

function Problem({ problem, onRetry }: { problem: PlayerProblem; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="absolute inset-0 grid place-items-center bg-black p-6 text-center text-white"
    >
      <div className="max-w-md">
        <p className="text-xl font-semibold text-balance">{problem.title}</p>
        <p className="mt-2 text-sm text-pretty text-white/75 sm:text-base">{problem.advice}</p>
        {problem.canRetry && (
          <Button look="primary" className="mt-5" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
