import { Choice } from './choice';

export const sounds = new Choice<'off' | 'on'>('watchparty.sounds', ['off', 'on']);

/** A fifth, upwards. */
const NOTES_HZ = [587.33, 880];
const BETWEEN_NOTES_S = 0.12;
const NOTE_S = 0.6;
const ATTACK_S = 0.02;
/** Of the loudest possible: audible under a film, and no more. */
const VOLUME = 0.06;
const SILENCE = 0.0001;

let context: AudioContext | undefined;

/** Two soft notes. Silent as long as the browser allows no sound, which is until the person's first click. */
export function chime(): void {
  context ??= new AudioContext();
  void context.resume();
  NOTES_HZ.forEach((frequency, i) => {
    if (context) play(context, frequency, context.currentTime + i * BETWEEN_NOTES_S);
  });
}

function play(audio: AudioContext, frequency: number, at: number): void {
  const tone = new OscillatorNode(audio, { frequency });
  const loudness = new GainNode(audio, { gain: SILENCE });
  loudness.gain.setValueAtTime(SILENCE, at);
  loudness.gain.exponentialRampToValueAtTime(VOLUME, at + ATTACK_S);
  loudness.gain.exponentialRampToValueAtTime(SILENCE, at + NOTE_S);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + NOTE_S);
}
