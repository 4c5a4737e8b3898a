// Draws the page's icons and the picture that chat apps show with a link: npm run pictures. It needs a Chromium, and
// the tests' npm ci.
import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../../it-tests/src/test/js/browsers.mjs';

const MARK = `
  <path d="M12 6.6v10.8a.9.9 0 0 0 1.4.8l8.3-5.4a.9.9 0 0 0 0-1.6l-8.3-5.4a.9.9 0 0 0-1.4.8Z" fill="#fff"/>
  <path d="M4.5 27a5 5 0 0 1 10 0M17.5 27a5 5 0 0 1 10 0" fill="none" stroke="#ffd9cc" stroke-width="3" stroke-linecap="round"/>`;
const COLOUR = '#b8402a';

/**
 * @param safe whether a system that cuts icons to its own shape may cut this one: no corners, and the mark well inside
 */
const icon = ({ safe }) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" style="display:block;width:100vw;height:100vh">
    <rect width="32" height="32" rx="${safe ? 0 : 9}" fill="${COLOUR}"/>
    <g transform="${safe ? 'translate(4.8 4.4) scale(.7)' : ''}">${MARK}</g>
  </svg>`;

const SCREEN = `
  <rect x="-5" y="-5" width="170" height="100" rx="10" fill="#0e0c10"/>
  <g clip-path="url(#screen)">
    <rect width="160" height="90" fill="url(#sky)"/><circle cx="104" cy="52" r="17" fill="#ffe3b0"/>
    <path d="M0 66 34 44l26 20 30-24 32 26 38-20v44H0z" fill="#5d2a3c"/>
    <path d="M0 78 40 62l44 16 40-14 36 12v14H0z" fill="#33182c"/>
  </g>
  <rect x="10" y="79" width="140" height="3" rx="1.5" fill="#fff" opacity=".4"/>
  <rect x="10" y="79" width="88" height="3" rx="1.5" fill="#ff8b6a"/><circle cx="98" cy="80.5" r="4" fill="#fff"/>`;

const LINK_PREVIEW = `
  <style>
    @font-face { font-family: B; font-weight: 200 800; src: url(data:font/woff2;base64,FONT) }
    body { background: #141216; color: #f2ede8; font-family: B; display: grid; place-content: center; justify-items: center; height: 100vh }
    h1 { font-size: 92px; font-weight: 800; letter-spacing: -.03em; margin: 26px 0 0 } p { font-size: 38px; margin: 12px 0 0; color: #c9c1c6 }
  </style>
  <svg viewBox="0 12 400 140" width="860" height="301">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#3b2145"/><stop offset=".55" stop-color="#b1473c"/><stop offset="1" stop-color="#f4a261"/>
      </linearGradient>
      <clipPath id="screen"><rect width="160" height="90" rx="6"/></clipPath>
      <g id="evening">${SCREEN}</g>
    </defs>
    <use href="#evening" transform="translate(10 62) scale(.72)"/>
    <use href="#evening" transform="translate(275 62) scale(.72)"/>
    <use href="#evening" transform="translate(105 22) scale(1.19)"/>
  </svg>
  <h1>Press play together.</h1><p>Watch Party: YouTube in step with your friends</p>`;

const font = readFileSync(
  new URL(
    '../node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2',
    import.meta.url,
  ),
).toString('base64');

const browser = await launch('chromium');
await draw('icon-192.png', 192, 192, icon({ safe: false }));
await draw('icon-512.png', 512, 512, icon({ safe: false }));
await draw('icon-maskable-512.png', 512, 512, icon({ safe: true }));
await draw('apple-touch-icon.png', 180, 180, icon({ safe: true }));
await draw('link-preview.png', 1200, 630, LINK_PREVIEW.replace('FONT', font));
await browser.close();

async function draw(file, width, height, html) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>* { margin: 0 }</style>${html}`);
  await page.evaluate(() => document.fonts.ready);
  writeFileSync(
    new URL(`../public/${file}`, import.meta.url),
    await page.screenshot({ omitBackground: true }),
  );
  await page.close();
}
