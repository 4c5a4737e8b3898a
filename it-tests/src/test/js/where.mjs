// Which scenarios run in which browser. Chromium runs all but those of another test; the others run what they may do
// differently, within the minutes that the whole build has.

/** By browser and suite: `only` some scenarios, or all `but` some. A suite that is not listed runs in Chromium alone. */
const CHOICES = {
  chromium: {
    // Run by tests of their own: InStepTest and BasePathTest.
    'in-step': { only: [] },
    'base-path': { only: [] },
  },
  firefox: {
    party: { but: [] },
    controls: {
      only: [
        'the bar goes on with the player after clicks and drags',
        'a drag shows where it goes and seeks once, at its end',
        'the bar obeys the keys of a slider',
        'every button does with the mouse what it says',
        'the volume follows the mouse and the keys',
      ],
    },
  },
  webkit: {
    party: { only: ['a jump by one moves all'] },
    phone: { but: [] },
    controls: {
      only: [
        'the bar goes on with the player after clicks and drags',
        'Escape takes a drag back',
        'every button does with the mouse what it says',
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
