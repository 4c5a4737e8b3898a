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
  /** Undocumented, though old: used only for the title, and for whether the video is live. */
  getVideoData?(): { video_id?: string; title?: string; isLive?: boolean } | undefined;
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
    YT?: Partial<YouTubeApi> | undefined;
    onYouTubeIframeAPIReady?: () => void;
  }
}

const SCRIPT_URL = 'https://www.youtube.com/iframe_api';

interface Waiting {
  readonly resolve: (api: YouTubeApi) => void;
  readonly reject: (reason: Error) => void;
}

let coming: HTMLScriptElement | undefined;
let waiting: Waiting[] = [];

/**
 * Loads YouTube's script, unless it is loaded or loading. A script that never arrives leaves the promise open, so that
 * a late one still counts. The caller decides how long to wait, and may then ask for it `anew`.
 *
 * @throws Error if the script cannot be fetched
 */
export function loadYouTubeApi({ anew = false } = {}): Promise<YouTubeApi> {
  const api = apiIfReady();
  if (api) return Promise.resolve(api);
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    if (!coming || anew) fetchScript();
  });
}

function fetchScript(): void {
  // YouTube's script loads a second one, and only once: the remains of a failed attempt would prevent that.
  window.YT = undefined;
  window.onYouTubeIframeAPIReady = finishIfReady;
  const script = document.createElement('script');
  coming = script;
  script.onload = finishIfReady;
  script.onerror = () => {
    if (coming !== script) return;
    coming = undefined;
    script.remove();
    for (const { reject } of endWaiting()) reject(new Error(`${SCRIPT_URL}: not fetched`));
  };
  script.src = SCRIPT_URL;
  document.head.append(script);
}

function finishIfReady(): void {
  const api = apiIfReady();
  if (!api) return;
  for (const { resolve } of endWaiting()) resolve(api);
}

function endWaiting(): Waiting[] {
  const ended = waiting;
  waiting = [];
  return ended;
}

function apiIfReady(): YouTubeApi | undefined {
  const Player = window.YT?.Player;
  return Player && { Player };
}
