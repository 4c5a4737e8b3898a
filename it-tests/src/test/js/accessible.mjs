// Judges a screen of the page by axe-core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const LOOKS = [
  { colorScheme: 'light', viewport: DESKTOP },
  { colorScheme: 'dark', viewport: DESKTOP },
  { colorScheme: 'light', viewport: PHONE },
  { colorScheme: 'dark', viewport: PHONE },
];

/** axe-core's findings on a screen, in each theme on each kind of device. */
export async function assertAccessible(page, screen) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const before = page.viewportSize();
  for (const { colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    const { violations } = await page.evaluate(async () => {
      await Promise.all(document.getAnimations().map(animation => animation.finish()));
      return globalThis.axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'] });
    });
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => `${node.html} ${node.failureSummary}`)}`,
    );
    assert.deepEqual(found, [], `${screen}, ${colorScheme}, ${viewport.width} px`);
  }
  await page.setViewportSize(before);
}
