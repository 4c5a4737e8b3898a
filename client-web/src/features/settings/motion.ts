import { Choice } from './choice';

export const MOTIONS = ['system', 'reduced'] as const;
export type Motion = (typeof MOTIONS)[number];

export const motion = new Choice<Motion>('watchparty.motion', MOTIONS);

/** Reduces the page's motion as the person once chose; without a choice the style sheet asks the system. */
export function followMotion(): void {
  show(motion.view.get());
}

export function takeMotion(chosen: Motion): void {
  show(chosen);
  motion.choose(chosen);
}

function show(chosen: Motion): void {
  if (chosen === 'reduced') document.documentElement.dataset.motion = chosen;
  else delete document.documentElement.dataset.motion;
}
