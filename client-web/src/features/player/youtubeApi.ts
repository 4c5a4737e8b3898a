import { YOUTUBE_LOAD_TIMEOUT_MS } from '../../constants';

/** The part of YouTube's IFrame Player API that the page uses. */
export interface YouTubeApiPlayer {
  loadVideoById(videoId: string, startSeconds: number): void;
  cueVideoById(videoId: string, startSeconds: number): void;
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  setPlaybackRate(rate: number): void;
  getAvailablePlaybackRates(): number[];
  getPlayerState(): number;
  getCurrentTime(): number;
  getDuration(): number;
  mute(): void;
  unMute(): void;
  setVolume(percent: number): void;
  /** Undocumented, though old: only ever asked for the title. */
  getVideoData?(): { title?: string } | undefined;
  destroy(): void;
}

interface YouTubePlayerOptions {
  readonly host: string;
  readonly videoId: string;
  readonly playerVars: Readonly<Record<string, string | number>>;
  readonly events: {
    onReady(): void;
    onStateChange(): void;
    onError(event: { data: number }): void;
    onAutoplayBlocked(): void;
  };
}

export interface YouTubeApi {
  readonly Player: new (element: HTMLElement, options: YouTubePlayerOptions) => YouTubeApiPlayer;
}

declare global {
  interface Window {
    YT?: Partial<YouTubeApi>;
    onYouTubeIframeAPIReady?: () => void;
  }
}

const SCRIPT_URL = 'https://www.youtube.com/iframe_api';

let loading: Promise<YouTubeApi> | undefined;

/** Loads YouTube's script once; after a failure the next call tries again. */
export function loadYouTubeApi(): Promise<YouTubeApi> {
  loading ??= load().catch(error => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function load(): Promise<YouTubeApi> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const fail = (reason: string) => {
      script.remove();
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail('YouTube did not answer.'), YOUTUBE_LOAD_TIMEOUT_MS);
    const finishIfReady = () => {
      const Player = window.YT?.Player;
      if (!Player) return;
      clearTimeout(timer);
      resolve({ Player });
    };
    window.onYouTubeIframeAPIReady = finishIfReady;
    script.onload = finishIfReady;
    script.onerror = () => {
      clearTimeout(timer);
      fail('YouTube could not be reached.');
    };
    script.src = SCRIPT_URL;
    document.head.append(script);
  });
}
