import { expect, test } from 'vitest';
import { currentLanguage } from '../../language/currentLanguage';
import type { PlaybackView } from '../../sync/playbackView';
import type { Activity } from '../../sync/session';
import { activityInWords, syncInWords } from './words';

const { say } = currentLanguage.get();
const activity: Activity = { id: 1, kind: 'pause', username: 'Alice', own: false, timeS: 83.9 };

test.each<[Partial<Activity>, string]>([
  [{}, 'Alice paused at 1:23'],
  [{ own: true }, 'You paused at 1:23'],
  [{ kind: 'play', timeS: 3725 }, 'Alice pressed play at 1:02:05'],
  [{ kind: 'seek', timeS: 0 }, 'Alice jumped to 0:00'],
  [{ kind: 'changeVideo' }, 'Alice put on a new video'],
  [{ kind: 'restored', own: true }, 'You put the last video back on'],
  [{ kind: 'joined' }, 'Alice joined'],
  [{ kind: 'left' }, 'Alice left'],
  [{ kind: 'renamed', before: 'Al' }, 'Al is now called Alice'],
  [{ kind: 'renamed', before: 'Al', own: true }, 'You are now called Alice'],
  [{ kind: 'locked' }, 'Alice locked the room'],
  [{ kind: 'madeHost', own: true }, 'You are a host now'],
])('%j is told as %j', (change, words) => {
  expect(read(say(activityInWords({ ...activity, ...change })))).toBe(words);
});

test('an action of unknown time is described without one', () => {
  const { timeS: _, ...untimed } = activity;
  expect(read(say(activityInWords(untimed)))).toBe('Alice paused');
});

const view: PlaybackView = {
  videoId: 'dQw4w9WgXcQ',
  playing: true,
  ended: false,
  playerState: 'playing',
  positionS: 10,
  durationS: 600,
  deltaMs: -40,
  blocked: false,
  live: false,
  behindEdgeS: 0,
  takesPart: true,
};

test.each<[Partial<PlaybackView>, string | undefined]>([
  [{}, 'In step, ±40 ms'],
  [{ deltaMs: 250 }, 'In step, ±250 ms'],
  [{ deltaMs: 260 }, 'Catching up · 260 ms ahead'],
  [{ deltaMs: -2340 }, 'Catching up · 2.3 s behind'],
  [{ deltaMs: -900, playerState: 'buffering' }, 'Loading · 900 ms behind'],
  [{ playing: false, playerState: 'paused' }, 'Paused together'],
  [{ playing: false, playerState: 'paused', deltaMs: -250 }, 'Paused together'],
  [{ playing: false, playerState: 'paused', deltaMs: -600 }, 'Moving to the room · 600 ms behind'],
  [{ playing: false, playerState: 'paused', deltaMs: 5000 }, 'Moving to the room · 5.0 s ahead'],
  [{ blocked: true }, 'Not playing here'],
  [{ ended: true, deltaMs: null }, 'The video is over'],
  [{ deltaMs: null }, undefined],
  [{ playerState: 'unstarted' }, undefined],
  [{ videoId: '' }, undefined],
])('%j reads %j', (change, words) => {
  const told = syncInWords({ ...view, ...change });
  expect(told && say(told.words)).toBe(words);
});

/** Without the marks around a name. */
function read(text: string): string {
  return text.replaceAll(/[\u2068\u2069]/g, '');
}
