import type { PlainKey } from '../../language/message';
import type { VideoIdProblem } from '../../protocol/videoId';

/** Why a text names no video, and which text would name one. */
export function problemInWords(problem: VideoIdProblem): PlainKey {
  switch (problem) {
    case 'empty':
      return 'video.linkMissing';
    case 'too-long':
      return 'video.linkTooLong';
    case 'other-site':
      return 'video.linkToOtherSite';
    case 'no-video':
      return 'video.linkToNoVideo';
    case 'not-a-link':
      return 'video.notALink';
  }
}
