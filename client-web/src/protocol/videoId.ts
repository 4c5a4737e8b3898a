/** Why a text names no video. */
export type VideoIdProblem = 'empty' | 'too-long' | 'other-site' | 'no-video' | 'not-a-link';

export interface FoundVideo {
  readonly id: string;
  /** The start of the video according to the link, s; 0 if the link names none. */
  readonly startS: number;
}

export type VideoIdResult = FoundVideo | { readonly problem: VideoIdProblem };

const MAX_INPUT_CHARACTERS = 2048;
/** The longest time that the server accepts, s. */
const MAX_START_S = 24 * 3600;
const WHOLE_ID = /^[A-Za-z0-9_-]{11}$/;

// The rules of the server's VideoLinks.java, in its order; videoLinks.json tests both.

const BLANKS =
  '\\x00-\\x20\\x7F-\\xA0\\xAD\\u061C\\u1680\\u180E\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3000\\uFEFF';
const BLANK = new RegExp(`[${BLANKS}]`);
/** A link ends at the first character that a link cannot hold, because links are written in ASCII. */
const BETWEEN_WORDS = /[^!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]+/;
const ENCODED = /^[^/?]*https?%3A%2F%2F/i;
/** The text before the scheme must not make it a part of another link, or of another scheme. */
const WITH_SCHEME = /^(?:[^/?#@]*?[^A-Za-z0-9+/?#@-])?(https?:\/\/.*)$/i;
/**
 * The pattern for the text before the host and the pattern for the host share no character, so that a text is read in
 * linear time.
 */
const WITHOUT_SCHEME =
  /^(?:[A-Za-z-]+=)?[^A-Za-z0-9]*(([A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}\.?)(?::\d{1,5})?(?:[/?#].*)?)$/;
const LINK = /^(?:https?:)?(?:\/\/)?([^/?#]*)(.*)$/i;
const AUTHORITY = /^([A-Za-z0-9.-]+?)\.?(?::\d{1,5})?$/;
const ID = /^([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])/;
const ESCAPE = /%([2-7][0-9A-Fa-f])/g;

const SHORT_HOST = 'youtu.be';
const CONSENT_HOST = 'consent.youtube.com';
const HOSTS = new Set([
  'youtube.com',
  'm.youtube.com',
  'music.youtube.com',
  'gaming.youtube.com',
  'youtube-nocookie.com',
  CONSENT_HOST,
]);
const PATHS_WITH_ID = new Set(['embed', 'shorts', 'live', 'v', 'e', 'watch']);
/** Words that stand in the place of an id and have the length of one. */
const NO_IDS = new Set(['videoseries', 'live_stream']);
const PATHS_WITH_PARAMETER = new Set(['', 'watch', 'watch_popup', 'playlist', 'embed']);
/** Pages that lead on to another link, and the parameters that hold that link. */
const DETOURS = new Map([
  ['attribution_link', ['u']],
  ['redirect', ['q']],
  ['oembed', ['url']],
  ['signin', ['next', 'continue']],
  ['verify_age', ['next_url']],
  ['m', ['continue']],
]);
const MAX_DETOURS = 2;

const START_PARAMETERS = ['t', 'start', 'time_continue'];
/** 90, 90s, 1m30s, 1h2m3s */
const UNITS = /^(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s?)?(?![A-Za-z0-9])/i;
/** 1:30, 1:02:03 */
const CLOCK = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?!\d)/;

/**
 * Finds the id in an id, or in the first link of a text. The link may have any form that YouTube gives out, an embed
 * code included.
 */
export function findVideoId(text: string): VideoIdResult {
  const trimmed = trim(text);
  if (trimmed === '') return { problem: 'empty' };
  if (text.length > MAX_INPUT_CHARACTERS) return { problem: 'too-long' };
  if (isVideoId(trimmed)) return { id: trimmed, startS: 0 };
  const link = firstLink(trimmed);
  return link === undefined ? { problem: 'not-a-link' } : videoOf(link, MAX_DETOURS);
}

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start++;
  while (end > start && BLANK.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

export function isVideoId(text: string): boolean {
  return WHOLE_ID.test(text);
}

/** Finds the first link of a text, to any site. A text of one word may be a link to another site without its scheme. */
function firstLink(text: string): string | undefined {
  const words = text.split(BETWEEN_WORDS).filter(word => word !== '');
  for (const word of words) {
    const link = linkIn(word, words.length === 1);
    if (link !== undefined) return link;
  }
  return undefined;
}

function linkIn(word: string, isAlone: boolean): string | undefined {
  const plain = ENCODED.test(word) ? decode(word) : word;
  const withScheme = WITH_SCHEME.exec(plain)?.[1];
  if (withScheme !== undefined) return withScheme;
  const [, link, authority = ''] = WITHOUT_SCHEME.exec(plain) ?? [];
  return isAlone || isYouTube(hostOf(authority)) ? link : undefined;
}

function videoOf(link: string, detours: number): VideoIdResult {
  const [, authority = '', rest = ''] = LINK.exec(link) ?? [];
  const host = hostOf(authority);
  if (!isYouTube(host)) return { problem: 'other-site' };
  const [path = '', ...parameters] = partsOf(rest);
  const segments = path.split('/').filter(segment => segment !== '');
  if (host === SHORT_HOST) {
    const [id = parameter(parameters, 'v'), ...more] = segments;
    return result(more.length === 0 ? id : '', parameters);
  }
  const [page = '', id, ...more] = segments;
  const detour = DETOURS.get(page);
  if (detour && (page === 'm') === (host === CONSENT_HOST)) {
    return detours > 0 ? afterDetour(detour, parameters, detours - 1) : { problem: 'no-video' };
  }
  if (id !== undefined) {
    return result(PATHS_WITH_ID.has(page) && more.length === 0 ? id : '', parameters);
  }
  return result(PATHS_WITH_PARAMETER.has(page) ? parameter(parameters, 'v') : '', parameters);
}

function afterDetour(
  names: readonly string[],
  parameters: readonly string[],
  detours: number,
): VideoIdResult {
  const target = decode(names.map(name => parameter(parameters, name)).find(value => value !== '') ?? '');
  if (!target.startsWith('/') || target.startsWith('//')) {
    const link = firstLink(target);
    return link === undefined ? { problem: 'no-video' } : videoOf(link, detours);
  }
  const found = videoOf(`https://youtube.com${target}`, detours);
  // A target that was not URL-encoded ends at its own question mark.
  return 'id' in found ? found : result(parameter(parameters, 'v'), parameters);
}

/** Returns the path, and then the parameters of a link, whatever separates them. */
function partsOf(rest: string): string[] {
  const plain = rest.includes('?') || !rest.toUpperCase().includes('%3F') ? rest : decode(rest);
  return plain.replaceAll('&amp;', '&').split(/[?&#]/);
}

function parameter(parameters: readonly string[], name: string): string {
  return parameters.find(text => text.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function result(candidate: string, parameters: readonly string[]): VideoIdResult {
  const id = ID.exec(candidate)?.[1];
  if (id === undefined || NO_IDS.has(id)) return { problem: 'no-video' };
  const starts = START_PARAMETERS.map(name => secondsOf(parameter(parameters, name)));
  return { id, startS: starts.find(startS => startS > 0) ?? 0 };
}

/** 0 for a text that is not a time, or a time that the server does not accept. */
function secondsOf(text: string): number {
  const [, hours, minutes, seconds] = CLOCK.exec(text) ?? UNITS.exec(text) ?? [];
  const startS = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return startS <= MAX_START_S ? startS : 0;
}

/** Returns the host in small letters, without `www.`, the port and a dot at the end; empty if it cannot be a host. */
function hostOf(authority: string): string {
  return (AUTHORITY.exec(authority)?.[1] ?? '').toLowerCase().replace(/^www\./, '');
}

function isYouTube(host: string): boolean {
  return host === SHORT_HOST || HOSTS.has(host);
}

function decode(text: string): string {
  return text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
