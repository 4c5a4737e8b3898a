import type { VideoIdProblem } from '../../protocol/videoId';

/** Why a text names no video, and which text would name one. */
export function problemInWords(problem: VideoIdProblem): string {
  switch (problem) {
    case 'empty':
      return 'Paste a link to a YouTube video first.';
    case 'too-long':
      return 'That is too long for a link. Copy it again from YouTube’s address bar or its Share button.';
    case 'other-site':
      return 'That link leads to another site. Only videos on YouTube can be watched here.';
    case 'no-video':
      return 'That is a YouTube link, but not to a video. Open the video and copy its link, like youtube.com/watch?v=…';
    case 'not-a-link':
      return 'That is neither a link nor a video ID. An ID has 11 letters, digits, - or _, like dQw4w9WgXcQ.';
  }
}
