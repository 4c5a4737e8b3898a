import { expect, test } from 'vitest';
// The table tests the server's rule too: the server accepts every text that the page accepts.
import table from '../../../protocol/src/test/resources/videoLinks.json';
import { findVideoId } from './videoId';

test.each(table.videos)('finds the video of $text', ({ text, id, startS }) => {
  expect(findVideoId(text)).toEqual({ id, startS });
});

test.each(table.refused)('tells why $text is no video: $problem', ({ text, problem }) => {
  expect(findVideoId(text)).toEqual({ problem });
});
