// The scenarios that run in each browser. Chromium runs all except those of another test; the others run the scenarios
// that they may treat differently, as far as the time of the whole build allows.

/** By browser and suite: `only` some scenarios, or all `but` some. A suite that is not listed runs in Chromium alone. */
const CHOICES = {
  chromium: {
    // Separate tests run them: InStepTest, BasePathTest and NodeLossPartyTest.
    'in-step': { only: [] },
    'base-path': { only: [] },
    'node-loss': { only: [] },
  },
  firefox: {
    party: { but: [] },
    controls: {
      only: [
        'the bar follows the player after clicks and drags',
        'a drag shows where it goes and seeks once, at its end',
        'the bar obeys the keys of a slider',
        'every button works with the mouse',
        'the volume follows the mouse and the keys',
      ],
    },
  },
  webkit: {
    party: { only: ['a jump by one moves all'] },
    phone: { but: [] },
    controls: {
      only: [
        'the bar follows the player after clicks and drags',
        'Escape cancels a drag',
        'every button works with the mouse',
        'the forms take a name and a link from the keyboard alone',
      ],
    },
  },
};

export function runsIn(browser, suite, names) {
  const choice = CHOICES[browser][suite] ?? (browser === 'chromium' ? { but: [] } : { only: [] });
  const unknown = [...(choice.only ?? []), ...(choice.but ?? [])].filter(name => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`${browser}, ${suite}: no scenario ${unknown.join(', ')}`);
  }
  return choice.only ?? names.filter(name => !choice.but.includes(name));
}
