import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import { type PlayerProblem, problemOfCode, problemOfLoading } from './playerProblem';
import { loadYouTubeApi } from './youtubeApi';
import { YouTubePlayer } from './youtubePlayer';

export interface PlayerHandle {
  readonly player: YouTubePlayer | undefined;
  readonly problem: PlayerProblem | undefined;
  readonly retry: () => void;
}

/** Puts a YouTube player into the container and hands it to the session, for as long as the room has a video. */
export function usePlayer(session: Session, container: RefObject<HTMLDivElement | null>): PlayerHandle {
  const { playback } = session;
  const videoId = useStore(playback.view, view => view.videoId);
  const hasVideo = videoId !== '';
  const [player, setPlayer] = useState<YouTubePlayer>();
  const [problem, setProblem] = useState<{ videoId: string; problem: PlayerProblem }>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt makes a new player.
  useEffect(() => {
    const parent = container.current;
    if (!hasVideo || !parent) return;
    let made: YouTubePlayer | undefined;
    let isOver = false;
    // YouTube puts its iframe in this element's place, so it is not React's.
    const element = document.createElement('div');
    parent.append(element);

    const currentVideoId = () => playback.view.get().videoId;
    loadYouTubeApi().then(
      api => {
        if (isOver) return;
        const cuedVideoId = currentVideoId();
        made = new YouTubePlayer(api, element, cuedVideoId, {
          onReady: () => {
            if (isOver || !made) return;
            playback.attach(made, cuedVideoId);
            setPlayer(made);
          },
          onStateChange: () => playback.playerChanged(),
          onError: code => setProblem({ videoId: currentVideoId(), problem: problemOfCode(code) }),
          onAutoplayBlocked: () => playback.autoplayBlocked(),
        });
      },
      (error: Error) => {
        if (!isOver) setProblem({ videoId: currentVideoId(), problem: problemOfLoading(error.message) });
      },
    );
    return () => {
      isOver = true;
      playback.detach();
      setPlayer(undefined);
      made?.destroy();
      parent.replaceChildren();
    };
  }, [playback, container, hasVideo, attempt]);

  const retry = useCallback(() => {
    setProblem(undefined);
    setAttempt(count => count + 1);
  }, []);

  // A problem is one video's; loading failed for all of them.
  const isCurrent = problem !== undefined && (player === undefined || problem.videoId === videoId);
  return { player, problem: isCurrent ? problem.problem : undefined, retry };
}
