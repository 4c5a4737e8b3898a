import { expect, test } from 'vitest';
import css from '../app.css?raw';
import { PARTICIPANT_COLOURS } from '../constants';
import { PALETTE } from './palette';

/** WCAG 2.2, relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

test('has a colour of its own for each number that a person can have', () => {
  expect(new Set(PALETTE.map(tint => tint.background)).size).toBe(PARTICIPANT_COLOURS);
  expect(PALETTE).toHaveLength(PARTICIPANT_COLOURS);
});

test.each(PALETTE)('initials can be read on $background', ({ background, ink }) => {
  expect(contrast(background, ink)).toBeGreaterThanOrEqual(4.5);
});

const THEMES = { light: 0, dark: 1 } as const;

/** A colour of the page's, by its name in the style sheet. */
function colourOf(name: string, theme: keyof typeof THEMES): string {
  const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css)?.slice(1);
  const colour = pair?.[THEMES[theme]];
  if (colour === undefined) throw new Error(`--${name}: none (expected: a pair of colours)`);
  return colour;
}

test.each(
  (['light', 'dark'] as const).flatMap(theme =>
    ['ink', 'muted', 'warn', 'bad', 'ok', 'accent'].flatMap(ink =>
      ['surface', 'paper'].map(ground => [ink, ground, theme] as const),
    ),
  ),
)('small words in %s can be read on %s in the %s theme', (ink, ground, theme) => {
  expect(contrast(colourOf(ink, theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(4.5);
});
