import { type Message, message, Name } from '../../language/message';
import { refusalInWords } from '../../ui/refusalInWords';
import { ROOM_NAME_RULE } from './roomProblemInWords';
import type { CreationRefusal } from './rooms';

/** Why no room was created, and whether the name that it was to have is the reason. */
export interface CreationProblem {
  readonly isOfName: boolean;
  readonly words: Message;
}

/** @param name the name that was asked for; empty if there was none */
export function creationInWords(refusal: CreationRefusal, name: string): CreationProblem {
  switch (refusal.code) {
    case 'ROOM_TAKEN':
      return { isOfName: true, words: message('start.roomTaken', { room: new Name(name) }) };
    case 'INVALID_ROOM':
      return { isOfName: true, words: message('room.nameInvalid', { rule: ROOM_NAME_RULE }) };
    case 'UNREACHABLE':
      return { isOfName: false, words: 'connection.unreachable' };
    default:
      return { isOfName: false, words: refusalInWords(refusal) };
  }
}
