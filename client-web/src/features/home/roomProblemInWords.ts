import { type Message, message } from '../../language/message';
import type { RoomProblem } from '../../protocol/room';

export const ROOM_NAME_RULE = message('room.nameRule', {});

/** Why a text leads to no room, and which text would lead to one. */
export function roomProblemInWords(problem: RoomProblem): Message {
  switch (problem) {
    case 'empty':
      return 'room.nameMissing';
    case 'other-site':
      return 'room.linkToOtherSite';
    case 'no-room':
      return 'room.linkToNoRoom';
    case 'no-name':
      return message('room.nameInvalid', { rule: ROOM_NAME_RULE });
  }
}
