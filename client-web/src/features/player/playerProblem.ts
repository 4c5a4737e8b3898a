/** The reason why there is no picture, for people. */
export interface PlayerProblem {
  readonly title: string;
  readonly advice: string;
  /** Whether loading the player again may help. */
  readonly canRetry: boolean;
}

const CHOOSE_ANOTHER = 'Choose another video; the room stays as it is.';

/** By the codes of the IFrame Player API's onError. */
export function problemOfCode(code: number): PlayerProblem {
  switch (code) {
    case 2:
      return {
        title: 'YouTube does not know this video.',
        advice: `The ID may be mistyped. ${CHOOSE_ANOTHER}`,
        canRetry: false,
      };
    case 5:
      return {
        title: 'The player stumbled over this video.',
        advice: 'Your browser could not play it. Try again, or reload the page.',
        canRetry: true,
      };
    case 100:
      return {
        title: 'This video is gone.',
        advice: `It was removed, or it is private. ${CHOOSE_ANOTHER}`,
        canRetry: false,
      };
    case 101:
    case 150:
      return {
        title: 'This video plays on YouTube only.',
        advice: `Its owner does not allow it on other pages. ${CHOOSE_ANOTHER}`,
        canRetry: false,
      };
    case 153:
      return {
        title: 'YouTube wants to know which page it plays on.',
        advice:
          'An extension or a privacy setting hides that (the referrer). Allow it for this page and try again.',
        canRetry: true,
      };
    default:
      return {
        title: 'YouTube could not play this video.',
        advice: `It gave the code ${code}. ${CHOOSE_ANOTHER}`,
        canRetry: true,
      };
  }
}

/** The player did not load. `reason`: a sentence. */
export function problemOfLoading(reason: string): PlayerProblem {
  return {
    title: reason,
    advice:
      'An extension, a firewall or a missing network may block www.youtube.com. Allow it and try again; ' +
      'the others go on watching.',
    canRetry: true,
  };
}
