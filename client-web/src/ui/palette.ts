export interface Tint {
  readonly background: string;
  readonly ink: string;
}

const LIGHT_INK = '#ffffff';
const DARK_INK = '#211d1a';

const deep = (background: string): Tint => ({ background, ink: LIGHT_INK });
const pale = (background: string): Tint => ({ background, ink: DARK_INK });

/**
 * The colours that stand for people, the same in the light and the dark theme. The easiest to distinguish come first,
 * and no two neighbours are alike. The ink on each has a contrast of at least 4.5 : 1 (WCAG AA).
 */
export const PALETTE: readonly Tint[] = [
  deep('#a8452f'),
  deep('#1d6f5b'),
  deep('#7a4a9e'),
  deep('#8a5a12'),
  deep('#23678f'),
  deep('#a03d70'),
  deep('#4f6b23'),
  deep('#4b5bb0'),
  pale('#83c3e8'),
  pale('#e8bd62'),
  pale('#f09cc4'),
  pale('#7fccb0'),
  pale('#cda2e8'),
  pale('#f2a48f'),
  pale('#b5cc74'),
  pale('#a9b3f4'),
  deep('#6d4a3f'),
  pale('#c9b79c'),
  deep('#4d5b68'),
  pale('#b9b4bf'),
];
