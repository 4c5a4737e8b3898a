import {
  NATIVE_PAUSE_CONFIRM_MS,
  NATIVE_PLAY_CONFIRM_MS,
  NATIVE_SCRUB_PAUSE_MS,
  NATIVE_SEEK_QUIET_MS,
  NATIVE_SEEK_S,
} from '../constants';
import type { PlayerState } from './player';

/** One look at the player. */
export interface Observation {
  readonly nowMs: number;
  readonly state: PlayerState;
  readonly positionS: number;
  readonly rate: number;
  /** The playback that the room, or our own last command, asks of the player. */
  readonly target: { readonly playing: boolean; readonly positionS: number; readonly ended: boolean };
}

/** A person's action in the player itself: a click on the picture, its keys, the headset's button. */
export type Gesture =
  | { readonly kind: 'play'; readonly timeS: number }
  | { readonly kind: 'pause'; readonly timeS: number }
  | { readonly kind: 'seek'; readonly timeS: number };

type Candidate =
  | { readonly kind: 'play' | 'pause'; readonly sinceMs: number; readonly timeS: number }
  | { readonly kind: 'seek'; readonly sinceMs: number };

interface Sample {
  readonly nowMs: number;
  readonly positionS: number;
  /** How far the video would be if nothing ever held it up, s; its zero means nothing. */
  readonly idealS: number;
}

const WINDOW_MS = 1500;
const LONGEST_SEEK_MS = 10_000;

/**
 * Tells a person's gestures in the player from all else that happens to it: our own commands, buffering,
 * advertisements, stalls. A player's state alone cannot tell, so three rules do:
 *
 * - An action is a gesture only if it contradicts the target, and only after the player was seen to obey it.
 * - A stall makes a position lag; only a person makes it go back, or forward faster than time.
 * - Pause and play are held back for a moment: a drag of the scrubber shows as pause, jump, buffering, play, and is
 *   one seek.
 */
export class NativeGestures {
  private samples: Sample[] = [];
  private candidate: Candidate | undefined;
  /** Whether the player was seen to obey the target. */
  private obeyed = false;
  private obeyedTargetPlaying = false;
  private sawEnd = false;

  /** Whether something is being made out; the player should be left alone until then. */
  get busy(): boolean {
    return this.candidate !== undefined;
  }

  /** Forgets all observations: after a command of ours, or when no observation can be a person's action. */
  reset(): void {
    this.samples = [];
    this.candidate = undefined;
    this.obeyed = false;
    this.sawEnd = false;
  }

  observe(seen: Observation): Gesture[] {
    if (this.obeyedTargetPlaying !== seen.target.playing) this.reset();
    this.obeyedTargetPlaying = seen.target.playing;

    if (this.jumped(seen)) this.candidate = { kind: 'seek', sinceMs: seen.nowMs };
    const gestures = this.candidate?.kind === 'seek' ? this.afterJump(seen) : this.withoutJump(seen);
    if (gestures.length > 0) this.reset();
    return gestures;
  }

  private jumped(seen: Observation): boolean {
    if (seen.state !== 'playing' && seen.state !== 'paused' && seen.state !== 'buffering') {
      this.samples = [];
      return false;
    }
    const last = this.samples.at(-1);
    const elapsedS = last ? (seen.nowMs - last.nowMs) / 1000 : 0;
    const idealS = (last?.idealS ?? 0) + elapsedS * seen.rate;
    const recent = this.samples.filter(sample => seen.nowMs - sample.nowMs <= WINDOW_MS);
    const compared = recent.length > 0 ? recent : last ? [last] : [];
    const forward = compared.some(
      sample => seen.positionS - sample.positionS - (idealS - sample.idealS) > NATIVE_SEEK_S,
    );
    const backward = compared.some(sample => sample.positionS - seen.positionS > NATIVE_SEEK_S);
    // A jump that lands in step with the room is the player's own recovery.
    const away = Math.abs(seen.positionS - seen.target.positionS) > NATIVE_SEEK_S;
    const jumped = (forward || backward) && (away || this.candidate?.kind === 'seek');
    const sample = { nowMs: seen.nowMs, positionS: seen.positionS, idealS };
    this.samples = forward || backward ? [sample] : [...compared, sample];
    return jumped;
  }

  private afterJump(seen: Observation): Gesture[] {
    const sinceMs = seen.nowMs - (this.candidate?.sinceMs ?? seen.nowMs);
    if (sinceMs > LONGEST_SEEK_MS) {
      this.candidate = undefined;
      return [];
    }
    const seek: Gesture = { kind: 'seek', timeS: seen.positionS };
    if (seen.state === 'playing' && sinceMs >= NATIVE_SEEK_QUIET_MS) {
      return seen.target.playing ? [seek] : [seek, { kind: 'play', timeS: seen.positionS }];
    }
    if (seen.state === 'paused' && !seen.target.playing && sinceMs >= NATIVE_SEEK_QUIET_MS) return [seek];
    if (seen.state === 'paused' && sinceMs >= NATIVE_SCRUB_PAUSE_MS) {
      return [seek, { kind: 'pause', timeS: seen.positionS }];
    }
    return [];
  }

  private withoutJump(seen: Observation): Gesture[] {
    const { playing } = seen.target;
    if (seen.target.ended) return this.replay(seen);
    if (seen.state === 'buffering') return [];
    if ((seen.state === 'playing') === playing) {
      this.obeyed = true;
      this.candidate = undefined;
      return [];
    }
    const contradicts = playing ? seen.state === 'paused' : seen.state === 'playing';
    if (!this.obeyed || !contradicts) {
      this.candidate = undefined;
      return [];
    }
    const kind = playing ? 'pause' : 'play';
    this.candidate ??= { kind, sinceMs: seen.nowMs, timeS: seen.positionS };
    return this.confirmed(seen);
  }

  private confirmed(seen: Observation): Gesture[] {
    const { candidate } = this;
    if (!candidate || candidate.kind === 'seek') return [];
    const heldMs = seen.nowMs - candidate.sinceMs;
    if (candidate.kind === 'pause') {
      return heldMs >= NATIVE_PAUSE_CONFIRM_MS ? [{ kind: 'pause', timeS: candidate.timeS }] : [];
    }
    return heldMs >= NATIVE_PLAY_CONFIRM_MS ? [{ kind: 'play', timeS: seen.positionS }] : [];
  }

  /** The room's clock runs on after the end of the video; a player that plays again was told to by a person. */
  private replay(seen: Observation): Gesture[] {
    if (seen.state === 'ended') this.sawEnd = true;
    if (!this.sawEnd || seen.state !== 'playing') return [];
    return [{ kind: 'seek', timeS: seen.positionS }];
  }
}
