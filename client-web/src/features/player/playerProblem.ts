import { type Message, message, type PlainKey } from '../../language/message';

/** The reason why there is no picture, for people. */
export interface PlayerProblem {
  readonly title: Message;
  readonly advice: Message;
  /** Whether loading the player again may help. */
  readonly canRetry: boolean;
}

/** Why the player did not load. */
export type LoadingFailure = Extract<
  PlainKey,
  'playerProblem.unreachable' | 'playerProblem.noAnswer' | 'playerProblem.noStart'
>;

const choose = message('playerProblem.chooseAnother', {});

/** By the codes of the IFrame Player API's onError. */
export function problemOfCode(code: number): PlayerProblem {
  switch (code) {
    case 2:
      return {
        title: 'playerProblem.unknownVideo',
        advice: message('playerProblem.maybeMistyped', { choose }),
        canRetry: false,
      };
    case 5:
      return {
        title: 'playerProblem.stumbled',
        advice: 'playerProblem.tryAgainOrReload',
        canRetry: true,
      };
    case 100:
      return {
        title: 'playerProblem.gone',
        advice: message('playerProblem.removedOrPrivate', { choose }),
        canRetry: false,
      };
    case 101:
    case 150:
      return {
        title: 'playerProblem.onlyOnYouTube',
        advice: message('playerProblem.notOnOtherPages', { choose }),
        canRetry: false,
      };
    case 153:
      return {
        title: 'playerProblem.noReferrer',
        advice: 'playerProblem.allowReferrer',
        canRetry: true,
      };
    default:
      return {
        title: 'playerProblem.failed',
        advice: message('playerProblem.withCode', { code: String(code), choose }),
        canRetry: true,
      };
  }
}

export function problemOfLoading(failure: LoadingFailure): PlayerProblem {
  return { title: failure, advice: 'playerProblem.mayBeBlocked', canRetry: true };
}
