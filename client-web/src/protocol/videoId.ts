/** Why a text names no video. */
export type VideoIdProblem = 'empty' | 'too-long' | 'other-site' | 'no-video' | 'not-a-link';

export type VideoIdResult = { readonly id: string } | { readonly problem: VideoIdProblem };

const MAX_INPUT_CHARACTERS = 2048;
const ID = /^[A-Za-z0-9_-]{11}$/;
const HOSTS = new Set(['youtube.com', 'm.youtube.com', 'music.youtube.com', 'youtube-nocookie.com']);
const SHORT_HOST = 'youtu.be';
const PATHS_WITH_ID = new Set(['embed', 'shorts', 'live', 'v']);

/**
 * Finds the id in an id or in a link to a video, of every form that YouTube uses: watch, youtu.be, embed, shorts,
 * live, v, also of its mobile, music and no-cookie hosts. The scheme may be missing.
 */
export function findVideoId(text: string): VideoIdResult {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  if (trimmed.length > MAX_INPUT_CHARACTERS) return { problem: 'too-long' };
  if (ID.test(trimmed)) return { id: trimmed };

  const link = parseLink(trimmed);
  if (!link) return { problem: 'not-a-link' };
  const host = link.hostname.replace(/^www\./, '');
  if (host !== SHORT_HOST && !HOSTS.has(host)) return { problem: 'other-site' };
  const candidate = host === SHORT_HOST ? segments(link)[0] : candidateOnYouTube(link);
  return candidate !== undefined && ID.test(candidate) ? { id: candidate } : { problem: 'no-video' };
}

export function isVideoId(text: string): boolean {
  return ID.test(text);
}

function parseLink(text: string): URL | null {
  if (/\s/.test(text) || !text.includes('.')) return null;
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const link = URL.parse(hasScheme ? text : `https://${text}`);
  return link && /^https?:$/.test(link.protocol) ? link : null;
}

function candidateOnYouTube(link: URL): string | undefined {
  const [first, second] = segments(link);
  if (first === 'watch') return link.searchParams.get('v') ?? undefined;
  return first !== undefined && PATHS_WITH_ID.has(first) ? second : undefined;
}

function segments(link: URL): string[] {
  return link.pathname.split('/').filter(segment => segment !== '');
}
