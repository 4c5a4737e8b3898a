import { type RefObject, useCallback, useEffect, useState } from 'react';
import { PLAYER_READY_TIMEOUT_MS } from '../../constants';
import type { Session } from '../../sync/session';
import { useStore } from '../../ui/useStore';
import { type LoadingFailure, type PlayerProblem, problemOfCode, problemOfLoading } from './playerProblem';
import { loadYouTubeApi, type YouTubeApi } from './youtubeApi';
import { YouTubePlayer } from './youtubePlayer';

export interface PlayerHandle {
  readonly player: YouTubePlayer | undefined;
  readonly problem: PlayerProblem | undefined;
  /** Whether the room has a video whose player is still loading. */
  readonly isLoading: boolean;
  readonly retry: () => void;
}

/** Puts a YouTube player into the container and passes it to the session, for as long as the room has a video. */
export function usePlayer(session: Session, container: RefObject<HTMLDivElement | null>): PlayerHandle {
  const { playback } = session;
  const videoId = useStore(playback.view, view => view.videoId);
  const hasVideo = videoId !== '';
  const [player, setPlayer] = useState<YouTubePlayer>();
  const [loadingProblem, setLoadingProblem] = useState<PlayerProblem>();
  const [videoProblem, setVideoProblem] = useState<{ videoId: string; problem: PlayerProblem }>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const parent = container.current;
    if (!hasVideo || !parent) return;
    let made: YouTubePlayer | undefined;
    let hasFailed = false;
    let isOver = false;
    // YouTube replaces this element by its iframe, so React must not own it.
    const element = document.createElement('div');
    parent.append(element);

    const currentVideoId = () => playback.view.get().videoId;
    const failToLoad = (failure: LoadingFailure) => {
      clearTimeout(timer);
      if (isOver) return;
      playback.playerMissing();
      setLoadingProblem(problemOfLoading(failure));
    };
    const timer = setTimeout(() => failToLoad('playerProblem.noAnswer'), PLAYER_READY_TIMEOUT_MS);
    const ready = (cuedVideoId: string) => {
      if (isOver || !made) return;
      clearTimeout(timer);
      setLoadingProblem(undefined);
      playback.attach(made, cuedVideoId);
      if (hasFailed) playback.playerFailed();
      setPlayer(made);
    };
    const failed = (code: number) => {
      if (isOver) return;
      const current = currentVideoId();
      // The error of a video that the room has left meanwhile says nothing of the new one.
      if ((made?.videoId() || current) !== current) return;
      hasFailed = true;
      playback.playerFailed();
      setVideoProblem({ videoId: current, problem: problemOfCode(code) });
    };
    const changed = () => {
      if (isOver) return;
      if (made?.state() === 'playing') setVideoProblem(undefined);
      playback.playerChanged();
    };
    const make = (api: YouTubeApi) => {
      if (isOver) return;
      const cuedVideoId = currentVideoId();
      try {
        made = new YouTubePlayer(api, element, cuedVideoId, {
          onReady: () => ready(cuedVideoId),
          onStateChange: changed,
          onError: failed,
          onAutoplayBlocked: () => {
            if (!isOver) playback.autoplayBlocked();
          },
        });
      } catch {
        failToLoad('playerProblem.noStart');
      }
    };
    loadYouTubeApi({ anew: attempt > 0 }).then(make, () => failToLoad('playerProblem.unreachable'));
    return () => {
      isOver = true;
      clearTimeout(timer);
      playback.detach();
      setPlayer(undefined);
      try {
        made?.destroy();
      } catch {
        // A player that never loaded may be unable to destroy itself. The next line removes its frame.
      }
      parent.replaceChildren();
    };
  }, [playback, container, hasVideo, attempt]);

  const retry = useCallback(() => {
    setLoadingProblem(undefined);
    setVideoProblem(undefined);
    setAttempt(count => count + 1);
  }, []);

  const problem = videoProblem?.videoId === videoId ? videoProblem.problem : loadingProblem;
  return { player, problem, isLoading: hasVideo && !player && !problem, retry };
}
