import { DRIFT_TOLERANCE_S, IN_SYNC_MS } from '../../constants';
import type { PlaybackView } from '../../sync/playbackView';
import type { Activity, SessionView } from '../../sync/session';
import { clockTime } from '../../ui/time';

type ConnectionOf = Pick<SessionView, 'connection' | 'connectionProblem'>;

/** An event in words: `Alice paused at 1:23`. */
export function activityInWords({ kind, username, own, timeS }: Activity): string {
  const who = own ? 'You' : username;
  const at = timeS === undefined ? '' : ` at ${clockTime(timeS)}`;
  switch (kind) {
    case 'play':
      return `${who} pressed play${at}`;
    case 'pause':
      return `${who} paused${at}`;
    case 'seek':
      return timeS === undefined ? `${who} jumped in the video` : `${who} jumped to ${clockTime(timeS)}`;
    case 'changeVideo':
      return `${who} put on a new video`;
    case 'restored':
      return `${who} put the last video back on`;
    case 'joined':
      return `${who} joined`;
    case 'left':
      return `${who} left`;
  }
}

/** Whether it was an action on the video, unlike joining and leaving. */
export function isPlaybackAction({ kind }: Activity): boolean {
  return kind !== 'joined' && kind !== 'left';
}

export function connectionInWords({ connection, connectionProblem }: ConnectionOf): string {
  switch (connection) {
    case 'connecting':
      return connectionProblem ? 'Not connected' : 'Connecting…';
    case 'online':
      return 'Connected';
    case 'reconnecting':
      return 'Reconnecting…';
    case 'offline':
      return 'Offline';
  }
}

export type SyncMood = 'good' | 'working' | 'idle';

/** How far this player is from the room, in words; undefined while there is nothing to say. */
export function syncInWords(view: PlaybackView): { mood: SyncMood; words: string } | undefined {
  if (view.videoId === '') return undefined;
  if (view.ended) return { mood: 'idle', words: 'The video is over' };
  if (view.blocked) return { mood: 'working', words: 'Not playing here' };
  if (view.deltaMs === null || view.playerState === 'unstarted') return undefined;
  const distanceMs = Math.abs(view.deltaMs);
  const amount = distanceMs < 1000 ? `${distanceMs} ms` : `${(distanceMs / 1000).toFixed(1)} s`;
  const side = view.deltaMs < 0 ? 'behind' : 'ahead';
  if (!view.playing) {
    return distanceMs <= DRIFT_TOLERANCE_S * 1000
      ? { mood: 'good', words: 'Paused together' }
      : { mood: 'working', words: `Moving to the room · ${amount} ${side}` };
  }
  if (view.playerState === 'buffering') return { mood: 'working', words: `Loading · ${amount} ${side}` };
  if (distanceMs <= IN_SYNC_MS) return { mood: 'good', words: `In sync · ${amount}` };
  return { mood: 'working', words: `Catching up · ${amount} ${side}` };
}
