import type { PlayerState } from '../protocol/messages';
import type { Playability } from './playability';
import type { PlaybackTarget } from './playbackTarget';
import type { PlayerDriver } from './playerDriver';

/** How a player is, as far as the others in the room care. */
export interface PlayerCondition {
  readonly player: PlayerState;
  /** Player minus room, ms, positive while the player is ahead; null while there is nothing to compare. */
  readonly deltaMs: number | null;
  /** Whether a jump is under way, whose end the position does not show yet. */
  readonly isJumping: boolean;
}

export function conditionOf(
  driver: PlayerDriver,
  target: PlaybackTarget,
  playability: Playability,
): PlayerCondition {
  const player = playerOf(driver, target, playability);
  const isComparable = player === 'playing' || player === 'paused';
  return {
    player,
    deltaMs: isComparable ? target.deltaMs() : null,
    isJumping: driver.arrivingAtS !== undefined,
  };
}

function playerOf(driver: PlayerDriver, target: PlaybackTarget, playability: Playability): PlayerState {
  if (target.videoId === '') return 'none';
  if (playability.hasFailed) return 'failed';
  if (playability.isBlocked) return 'blocked';
  switch (driver.state()) {
    case 'none':
      return 'none';
    case 'playing':
      return 'playing';
    case 'buffering':
      return 'buffering';
    case 'unstarted':
    case 'cued':
      // A start has not come about yet.
      return target.playing && !target.isEnded() ? 'buffering' : 'paused';
    case 'paused':
    case 'ended':
      return 'paused';
  }
}
