import { expect, test } from 'vitest';
import { findVideoId } from './videoId';

const ID = 'dQw4w9WgXcQ';

test.each([
  ID,
  `  ${ID}\n`,
  `https://www.youtube.com/watch?v=${ID}`,
  `https://www.youtube.com/watch?list=PL123&v=${ID}&t=42s`,
  `http://youtube.com/watch/?v=${ID}#comments`,
  `youtube.com/watch?v=${ID}`,
  `HTTPS://WWW.YOUTUBE.COM/watch?v=${ID}`,
  `https://m.youtube.com/watch?v=${ID}`,
  `https://music.youtube.com/watch?v=${ID}&si=abc`,
  `https://youtu.be/${ID}`,
  `youtu.be/${ID}?t=10`,
  `https://www.youtube.com/embed/${ID}?autoplay=1`,
  `https://www.youtube-nocookie.com/embed/${ID}`,
  `https://www.youtube.com/shorts/${ID}`,
  `https://www.youtube.com/live/${ID}?feature=share`,
  `https://www.youtube.com/v/${ID}`,
])('finds the id in %j', text => {
  expect(findVideoId(text)).toEqual({ id: ID });
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['x'.repeat(2049), 'too-long'],
  ['cats', 'not-a-link'],
  ['dQw4w9WgXcQ2', 'not-a-link'],
  ['a video about cats.', 'not-a-link'],
  [`javascript://youtube.com/watch?v=${ID}`, 'not-a-link'],
  ['https://vimeo.com/12345', 'other-site'],
  [`https://example.com/watch?v=${ID}`, 'other-site'],
  [`https://youtube.com.example.com/watch?v=${ID}`, 'other-site'],
  [`https://example.com/?u=https://youtu.be/${ID}`, 'other-site'],
  ['https://www.youtube.com/', 'no-video'],
  ['https://www.youtube.com/@somebody', 'no-video'],
  ['https://www.youtube.com/watch?v=short', 'no-video'],
  ['https://www.youtube.com/playlist?list=PL123', 'no-video'],
  ['https://youtu.be/', 'no-video'],
])('tells why %j is no video: %s', (text, problem) => {
  expect(findVideoId(text)).toEqual({ problem });
});
