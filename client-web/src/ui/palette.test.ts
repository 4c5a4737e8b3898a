import { expect, test } from 'vitest';
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
