// The page in the language of the person's browser, and in the one that the person chooses.
import assert from 'node:assert/strict';
import { assertAccessible } from '../accessible.mjs';
import { eventually } from '../eventually.mjs';
import { PLAYING } from '../guest.mjs';

const VIDEO = 'dQw4w9WgXcQ';
const OTHER_VIDEO = 'M7lc1UVf-VE';
const GERMAN = { locale: 'de-AT' };
const ARABIC_NAME = 'دانة 2!';
const HEBREW_NAME = 'דנה (Dana)';

/** Words that English texts have, and German ones do not. */
const ENGLISH = new RegExp(
  `\\b(${[
    'the|you|your|and|of|to|is|are|this|that|for|it|here|from|what|when',
    'back|forward|play again|pause|playback|mute|volume|theatre|full screen',
    'connected|connecting|reconnecting|invite|copy|copied|join|room|put|undo|keep|replace|dismiss|try',
    'language|switch|loading|paused|catching|moving|happened',
  ].join('|')})\\b`,
  'i',
);

export const scenarios = {
  'a browser that speaks German shows German everywhere, and never English first': async venue => {
    const bob = await venue.invite('Bob', { room: 'filmabend' });
    const ann = await venue.open('Anna', { room: 'filmabend', browser: GERMAN, prepare: recordWhatIsShown });
    const { page } = ann;
    await page.getByText('Bob ist da').waitFor();
    const shown = await page.evaluate(() => globalThis.shownTexts);
    assert.ok(shown.some(text => text.includes('Bob ist da')));
    assert.deepEqual(
      shown.filter(text => ENGLISH.test(text)),
      [],
    );
    await assertGerman(page, 'the invitation');
    await page.goto(`${venue.url}/?room=Film%20Abend`);
    await page.getByRole('button', { name: 'Zu film-abend gehen' }).waitFor();
    await assertGerman(page, 'no such room');
    await ann.pretendServer({ defaultRoom: true });
    await page.goto(venue.url);
    await page.getByRole('button', { name: 'Offenen Raum betreten' }).click();
    await page.getByRole('heading', { name: 'Der offene Raum' }).waitFor();
    await assertGerman(page, 'the door of the open room');
    await page.goto(venue.url);
    await page.getByText('Raumnamen oder Titel wählen').click();
    await page.getByLabel('Raumname', { exact: true }).fill('ab');
    await page.getByRole('button', { name: 'Party starten' }).click();
    await page.getByRole('alert').getByText('3 bis 40').waitFor();
    await page.getByLabel('Link oder Raumname').fill('?!');
    await page.getByRole('button', { name: 'Beitreten' }).click();
    await page.getByRole('alert').getByText('Dieser Link führt zu keinem Raum').waitFor();
    await assertGerman(page, 'the start with what is no name');

    await page.getByLabel('Dein Name').fill('Anna');
    await page.getByLabel('Link oder Raumname').fill('filmabend');
    await page.getByRole('button', { name: 'Beitreten' }).click();
    await page.getByRole('heading', { name: 'Was schauen wir?' }).waitFor();
    await assertGerman(page, 'a room without a video');
    await ann.inDialog('Einladen', () => assertGerman(page, 'the invitation of others'));
    await ann.inDialog('Einstellungen', () => assertGerman(page, 'the settings'));
    await choose(page, 'kein Link');
    await page.getByRole('alert').getByText('weder ein Link').waitFor();
    await assertGerman(page, 'a wrong link');
    await choose(page, VIDEO);
    await ann.awaitVideo(VIDEO);
    await page.getByRole('button', { name: 'Abspielen', exact: true }).click();
    await ann.awaitState(PLAYING);
    await page.getByTestId('sync-delta').getByText('Synchron').waitFor();
    await assertGerman(page, 'a room with a video');
    await choose(page, OTHER_VIDEO);
    await page.getByRole('dialog').getByText('für die 2 Personen in diesem Raum').waitFor();
    await assertGerman(page, 'a question before a video is replaced');
    await page.getByRole('button', { name: 'Ersetzen' }).click();
    await page.getByRole('button', { name: 'Rückgängig' }).waitFor();
    await assertGerman(page, 'a video that was replaced');
    await bob.awaitLastAction('Anna put on a new video');
    await page.evaluate(() => globalThis.fakeYouTube.players[0].fail(5));
    await page.getByRole('button', { name: 'Noch einmal versuchen' }).waitFor();
    await assertGerman(page, 'a video that fails');
    await page.context().setOffline(true);
    await page.getByText('Du bist offline.').waitFor();
    await assertGerman(page, 'a room that is lost');
  },

  'a person changes the language while the video plays, and nothing else changes': async venue => {
    const bob = await venue.invite('Bob', { room: 'film-night' });
    const ann = await venue.open('Anna', { room: 'film-night', browser: GERMAN });
    const { page } = ann;
    await page.getByLabel('Dein Name').fill('Anna');
    await page.getByRole('button', { name: 'Der Party beitreten' }).click();
    await bob.putOn(VIDEO);
    await ann.awaitVideo(VIDEO);
    await bob.play();
    await ann.awaitState(PLAYING);
    await choose(page, 'kein Link');
    await page.getByText('Das ist weder ein Link').waitFor();
    await page.evaluate(() => {
      globalThis.firstPlayer = globalThis.fakeYouTube.players[0];
    });
    const { seconds } = await ann.look();

    await ann.inDialog('Einstellungen', async () => {
      await page.getByLabel('Sprache').focus();
      await page.getByLabel('Sprache').selectOption('English');
      await assertLanguage(page, 'en');
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SELECT');
    });

    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page.getByText('That is neither a link').waitFor();
    assert.equal(await page.getByLabel('YouTube link or video ID').inputValue(), 'kein Link');
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Settings');
    assert.match(await page.title(), / · Watch Party$/);
    await ann.awaitLastAction('Bob pressed play');

    await ann.inDialog('Settings', () => page.getByLabel('Language').selectOption('Deutsch'));

    await assertLanguage(page, 'de');
    await page.getByRole('button', { name: 'Anhalten', exact: true }).waitFor();
    await ann.awaitLook('plays on', look => look.state === PLAYING && look.seconds > seconds);
    assert.ok(await page.evaluate(() => globalThis.fakeYouTube.players[0] === globalThis.firstPlayer));
    await bob.awaitPeople('Bob', 'Anna');
    assert.equal(await bob.page.getByText('Anna left').count(), 0);
  },

  'a chosen language is remembered, and the browser’s own is followed': async venue => {
    const ann = await venue.arrive('Ann');
    const { page } = ann;
    assert.equal(await page.title(), 'Watch Party: press play together');
    await ann.inDialog('Settings', async () => {
      await page.getByLabel('Language').focus();
      await page.keyboard.press('d');
      await assertLanguage(page, 'de');
    });
    assert.equal(await page.title(), 'Watch Party: gemeinsam auf Play drücken');
    await page.reload();
    await page.getByRole('heading', { name: 'Party starten' }).waitFor();
    await assertLanguage(page, 'de');

    await ann.inDialog('Einstellungen', () => page.getByLabel('Sprache').selectOption('English'));
    await assertLanguage(page, 'en');

    await pretendLanguages(page, ['de-CH', 'en']);
    await assertLanguage(page, 'de');
    await pretendLanguages(page, ['fr']);
    await assertLanguage(page, 'en');
  },

  'names in Arabic and Hebrew keep their place in German sentences': async venue => {
    for (const name of [ARABIC_NAME, HEBREW_NAME]) await venue.invite(name, { room: 'film-night' });
    await venue.invite('Bob', { room: 'film-night' });
    const { page } = await venue.open('Anna', { room: 'film-night', browser: GERMAN });

    const inside = page.getByText('sind da');
    await inside.waitFor();
    const [arabic, comma, hebrew] = await piecesOf(inside);
    assert.deepEqual([arabic.text, comma.text, hebrew.text], [ARABIC_NAME, ', ', HEBREW_NAME]);
    assert.ok(arabic.left < comma.left && comma.left < hebrew.left, 'the names are in their order');

    await page.getByLabel('Dein Name').fill('Anna');
    await page.getByRole('button', { name: 'Der Party beitreten' }).click();
    const people = page.getByRole('list', { name: 'Im Raum' }).getByRole('listitem');
    for (const name of [ARABIC_NAME, HEBREW_NAME]) {
      const [piece] = (await piecesOf(people.filter({ hasText: name }))).filter(({ text }) => text === name);
      assert.ok(piece.last < piece.first, `${name} in the list is read from right to left`);
      await venue.invite(name, { room: 'film-night' });
      const joined = page
        .getByRole('list', { name: 'Was passiert ist' })
        .getByText(`${name} ist beigetreten`);
      const [subject, verb] = await piecesOf(joined);
      assert.ok(subject.last < subject.first, `${name} in the activity is read from right to left`);
      assert.ok(subject.left < verb.left, `${name} is before what happened`);
    }
  },
};

async function choose(page, text) {
  await page.getByLabel('YouTube-Link oder Video-ID').fill(text);
  await page.getByRole('button', { name: 'Auswählen' }).click();
}

/** Records each text that the page shows, from the first on. */
function recordWhatIsShown(page) {
  return page.addInitScript(() => {
    globalThis.shownTexts = [];
    new MutationObserver(() => {
      globalThis.shownTexts.push(document.title, document.getElementById('root')?.innerText ?? '');
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

/** Nothing that is seen or heard is English, and axe finds nothing. */
async function assertGerman(page, screen) {
  await assertLanguage(page, 'de');
  const texts = await page.evaluate(() => {
    const attributes = ['alt', 'aria-label', 'aria-valuetext', 'placeholder', 'title'];
    const found = [document.title];
    for (const element of document.body.querySelectorAll('*:not(noscript, script, option)')) {
      found.push(...attributes.map(name => element.getAttribute(name) ?? ''));
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    }
    return found;
  });
  assert.deepEqual(
    texts.filter(text => ENGLISH.test(text)),
    [],
    screen,
  );
  await assertAccessible(page, screen);
}

async function assertLanguage(page, tag) {
  await eventually(
    `the page is in ${tag}`,
    () => page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`),
    seen => seen === `${tag} ltr`,
  );
}

function pretendLanguages(page, languages) {
  return page.evaluate(list => {
    Object.defineProperty(navigator, 'languages', { configurable: true, value: list });
    dispatchEvent(new Event('languagechange'));
  }, languages);
}

/** The pieces of a sentence, each with its text and the place of its first and last character. */
function piecesOf(sentence) {
  return sentence.evaluate(element => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const pieces = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const placeOf = (start, end) => {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        return range.getBoundingClientRect().left;
      };
      const { data } = node;
      pieces.push({
        text: data,
        left: placeOf(0, data.length),
        first: placeOf(0, 1),
        last: placeOf(data.length - 1, data.length),
      });
    }
    return pieces;
  });
}
