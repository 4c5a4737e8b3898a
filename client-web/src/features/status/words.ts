import { IN_STEP_MS } from '../../constants';
import {
  ClockTime,
  type FilledMessage,
  type Message,
  message,
  Name,
  type PlainKey,
  Tenths,
} from '../../language/message';
import type { PlaybackView } from '../../sync/playbackView';
import type { Activity, ActivityKind, SessionView } from '../../sync/session';

type ConnectionOf = Pick<SessionView, 'connection' | 'connectionProblem'>;

/** An event in words: `Alice paused at 1:23`. */
export function activityInWords({ kind, username, own, before, timeS }: Activity): FilledMessage {
  const told = `activity.${kind}.${own ? 'own' : 'other'}` as const;
  const name = new Name(username);
  switch (told) {
    case 'activity.play.own':
    case 'activity.play.other':
    case 'activity.pause.own':
    case 'activity.pause.other':
    case 'activity.seek.own':
    case 'activity.seek.other':
      return timeS === undefined
        ? message(told, { name })
        : message(`${told}.at`, { name, time: new ClockTime(timeS) });
    case 'activity.renamed.other':
      return message(told, { name, before: new Name(before ?? '') });
    default:
      return message(told, { name });
  }
}

const PLAYBACK_ACTIONS: readonly ActivityKind[] = ['play', 'pause', 'seek', 'changeVideo', 'restored'];

/** Whether it was an action on the video, unlike what happens to people and to the room. */
export function isPlaybackAction({ kind }: Activity): boolean {
  return PLAYBACK_ACTIONS.includes(kind);
}

export function connectionInWords({ connection, connectionProblem }: ConnectionOf): PlainKey {
  switch (connection) {
    case 'connecting':
      return connectionProblem ? 'connection.notConnected' : 'connection.connecting';
    case 'online':
      return 'connection.connected';
    case 'reconnecting':
      return 'connection.reconnecting';
    case 'offline':
      return 'connection.offline';
  }
}

export type SyncMood = 'good' | 'working' | 'idle';

/** How far this player is from the room, in words; undefined while there is nothing to say. */
export function syncInWords(view: PlaybackView): { mood: SyncMood; words: Message } | undefined {
  if (view.videoId === '') return undefined;
  if (view.ended) return { mood: 'idle', words: 'sync.over' };
  if (view.blocked) return { mood: 'working', words: 'sync.notPlaying' };
  if (view.deltaMs === null || view.playerState === 'unstarted') return undefined;
  const distanceMs = Math.abs(view.deltaMs);
  const amount =
    distanceMs < 1000
      ? message('sync.milliseconds', { amount: distanceMs })
      : message('sync.seconds', { amount: new Tenths(distanceMs / 1000) });
  const distance = message(view.deltaMs < 0 ? 'sync.behind' : 'sync.ahead', { distance: amount });
  if (!view.playing) {
    return distanceMs <= IN_STEP_MS
      ? { mood: 'good', words: 'sync.pausedTogether' }
      : { mood: 'working', words: message('sync.moving', { distance }) };
  }
  if (view.playerState === 'buffering') {
    return { mood: 'working', words: message('sync.loading', { distance }) };
  }
  if (distanceMs <= IN_STEP_MS) {
    return { mood: 'good', words: message('sync.inStep', { distance: amount }) };
  }
  return { mood: 'working', words: message('sync.catchingUp', { distance }) };
}
