// How people come in: to their own party, to a room by its name, to the open room, and what they see when they cannot
// enter.
import assert from 'node:assert/strict';

export const scenarios = {
  'a party starts in a private room, without a reload': async venue => {
    const ann = await venue.arrive('Ann');
    const sockets = countSockets(ann.page);
    await ann.page.evaluate(() => {
      globalThis.isFirstPage = true;
    });
    assert.equal(sockets.count, 0, 'a room was entered before it was chosen');

    await ann.startParty();

    await ann.page.getByRole('heading', { name: 'Your room is ready' }).waitFor();
    assert.equal(await ann.page.getByText('You are invited').count(), 0);
    assert.equal(await ann.page.evaluate(() => globalThis.isFirstPage), true);
    const room = ann.room();
    assert.match(room, /^[\w-]{19,22}$/, 'a name that cannot be guessed');
    assert.equal(await ann.page.getByLabel('Link for your friends').inputValue(), ann.page.url());

    const stranger = await venue.invite('Stranger');
    const bob = await venue.open('Bob', { room });
    await bob.awaitText('You are invited');
    await bob.awaitText('Ann is here');
    await bob.join();
    await ann.awaitPeople('Ann', 'Bob');
    await stranger.awaitPeople('Stranger');
  },

  'back leaves the room, and forward enters it again': async venue => {
    const ann = await venue.arrive('Ann');
    await ann.startParty();
    const room = ann.room();
    const bob = await venue.invite('Bob', { room });
    await bob.awaitPeople('Ann', 'Bob');

    await ann.page.goBack();
    await ann.page.getByRole('heading', { name: 'Start a party' }).waitFor();
    await bob.awaitPeople('Bob');
    assert.equal(await ann.page.getByLabel('Your name').inputValue(), 'Ann');

    await ann.page.goForward();
    await ann.awaitText('Your room is ready');
    await ann.join();
    await bob.awaitPeople('Ann', 'Bob');
  },

  'the open room is a choice, and says that it is public': async venue => {
    const ann = await venue.arrive('Ann');
    await ann.pretendServer({ defaultRoom: true });
    await ann.page.reload();
    await ann.awaitText('It is public');
    await ann.page.getByLabel('Your name').fill('Ann');
    await ann.page.getByRole('button', { name: 'Enter the open room' }).click();
    await ann.page.getByRole('heading', { name: 'The open room' }).waitFor();
    await ann.page.getByRole('button', { name: 'Start a private party' }).waitFor();
    assert.equal(await ann.page.getByLabel('Your name').inputValue(), 'Ann');

    await ann.page.getByRole('button', { name: 'Start a private party' }).click();

    await ann.page.getByRole('heading', { name: 'Your room is ready' }).waitFor();
    await ann.awaitPeople('Ann');
    assert.notEqual(ann.room(), null);
  },

  'a typed room name becomes a valid one, the same for everyone': async venue => {
    const ann = await venue.arrive('Ann');
    for (const [typed, name] of [
      ['Film Night', 'film-night'],
      [`${venue.url}/?room=film-night`, 'film-night'],
      [`${venue.url}/r/film-night`, 'film-night'],
    ]) {
      await ann.page.getByLabel('Your name').fill('Ann');
      await ann.page.getByLabel('link or room name').pressSequentially(typed);
      await ann.page.getByRole('button', { name: 'Join room' }).click();
      await ann.awaitPeople('Ann');
      assert.equal(ann.room(), name);
      await ann.page.goBack();
    }

    await ann.page.getByLabel('Your name').fill('');
    for (const [typed, name] of [
      ['Café', 'café'],
      ['Вечер кино', 'вечер-кино'],
    ]) {
      await ann.page.getByLabel('link or room name').fill(typed);
      await ann.page.getByLabel('link or room name').press('Enter');
      await ann.awaitText('Come on in');
      assert.equal(ann.room(), name);
      await ann.page.goBack();
    }

    await ann.page.getByLabel('link or room name').fill('映画');
    await ann.page.getByLabel('link or room name').press('Enter');
    await ann.page.getByRole('alert').getByText('3 to 40 letters, digits or hyphens').waitFor();
    await ann.page.getByLabel('link or room name').fill('https://elsewhere.example/?room=a');
    await ann.page.getByLabel('link or room name').press('Enter');
    await ann.page.getByRole('alert').getByText('another site').waitFor();
  },

  'an address that names no room says why, and offers the nearest': async venue => {
    const ann = await venue.arrive('Ann', { path: '/?room=Film%20Night' });
    await ann.page.getByRole('heading', { name: 'No such room' }).waitFor();
    await ann.awaitText('3 to 40 letters, digits or hyphens');
    await ann.page.getByRole('button', { name: 'Go to film-night' }).click();
    await ann.join();
    await ann.awaitPeople('Ann');
    assert.equal(ann.room(), 'film-night');

    const bob = await venue.arrive('Bob', { path: `/?room=${encodeURIComponent('<i>映画</i>')}` });
    await bob.awaitText('<i>映画</i>');
    await bob.page.getByRole('button', { name: 'Start a party' }).click();
    await bob.startParty();
  },

  'the page says that a server is out of reach, and invents nothing': async venue => {
    const network = await venue.network();
    const ann = await venue.arrive('Ann', { url: network.url });
    await network.down();

    await ann.page.getByLabel('Your name').fill('Ann');
    await ann.page.getByRole('button', { name: 'Start a party' }).click();

    await ann.page.getByRole('alert').getByText('We cannot reach the server.').waitFor();
    for (const claim of ['What are we watching?', 'In the room', 'Your room is ready', 'Connected']) {
      assert.equal(await ann.page.getByText(claim, { exact: true }).count(), 0, claim);
    }

    await network.up();
    await ann.page.getByRole('button', { name: 'Start a party' }).click();
    await ann.page.getByRole('heading', { name: 'Your room is ready' }).waitFor();
    await ann.awaitPeople('Ann');
  },

  'the join screen lists nobody after its server has stopped': async venue => {
    const network = await venue.network();
    await venue.invite('Bob');
    const ann = await venue.open('Ann', { url: network.url });
    await ann.awaitText('Bob is here');

    await network.down();
    await ann.page.getByText('Bob is here').waitFor({ state: 'hidden' });
    await ann.page.getByLabel('Your name').fill('Anm');
    await ann.page.getByRole('button', { name: 'Join the party' }).click();
    await ann.awaitText('We cannot reach the server.');
    await ann.page.getByRole('button', { name: 'Change your name' }).click();
    await ann.page.getByLabel('Your name').fill('Ann');
    await ann.page.getByRole('button', { name: 'Join the party' }).click();
    await network.up();

    await ann.awaitPeople('Ann', 'Bob');
  },

  'the page says that its list of people is old while the connection is lost': async venue => {
    const network = await venue.network();
    await venue.invite('Bob');
    const ann = await venue.invite('Ann', { url: network.url });
    await ann.awaitPeople('Ann', 'Bob');

    await network.down();
    await ann.awaitText('last known');
    await network.up();

    await ann.page.getByText('last known').waitFor({ state: 'hidden' });
    await ann.awaitPeople('Ann', 'Bob');
  },

  'the link is copied without a clipboard too': async venue => {
    const ann = await venue.arrive('Ann');
    await ann.page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => {
        globalThis.copiedText = getSelection().toString() || document.activeElement.value;
      });
    });
    await ann.page.reload();
    await ann.startParty();
    await ann.inDialog('Invite', async dialog => {
      await dialog.getByRole('button', { name: 'Copy link' }).click();
      await dialog.getByText('Copied').waitFor();
    });
    assert.equal(await ann.page.evaluate(() => globalThis.copiedText), ann.page.url());
  },
};

/** Counts the requests to Socket.IO from now on. */
function countSockets(page) {
  const sockets = { count: 0 };
  page.on('request', request => {
    sockets.count += new URL(request.url()).pathname.includes('/socket.io') ? 1 : 0;
  });
  page.on('websocket', () => {
    sockets.count += 1;
  });
  return sockets;
}
