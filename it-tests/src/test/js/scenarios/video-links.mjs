// The texts that people paste to set a video.
import assert from 'node:assert/strict';

const VIDEO = 'dQw4w9WgXcQ';

export const scenarios = {
  'the first video of a room begins at the time in its link': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob');

    await ann.putOn(`https://youtu.be/${VIDEO}?t=90`);

    for (const guest of [ann, bob]) {
      await guest.awaitLook(
        'stands at 90 s',
        look => look.videoId === VIDEO && Math.abs(look.seconds - 90) < 0.2 && look.state !== 1,
      );
    }
  },
  'a video begins for all at the time in its link': async venue => {
    const ann = await venue.invite('Ann');
    const bob = await venue.invite('Bob');
    const old = await venue.inviteOriginal('Olga');
    await ann.putOn('M7lc1UVf-VE');
    for (const guest of [ann, bob, old]) {
      await guest.awaitLook('has the first video', look => look.videoId === 'M7lc1UVf-VE');
    }
    await old.awaitLook('is ready', look => look.state >= 0);

    await ann.putOn(`Look: https://youtu.be/${VIDEO}?t=90`);

    for (const guest of [ann, bob, old]) {
      await guest.awaitLook(
        'stands at 90 s',
        look => look.videoId === VIDEO && Math.abs(look.seconds - 90) < 0.2 && look.state !== 1,
      );
    }
    await bob.play();
    for (const guest of [ann, bob, old]) {
      const { seconds } = await guest.awaitLook('plays', look => look.state === 1);
      assert.ok(seconds >= 89 && seconds < 110, `${guest.name} plays at ${seconds} s`);
    }
  },
};
