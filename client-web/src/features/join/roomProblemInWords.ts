import type { RoomProblem } from '../../protocol/room';

export const ROOM_NAME_RULE = 'Room names have 1 to 64 of these: letters a to z, digits, - and _.';

/** Why a text leads to no room, and which text would lead to one. */
export function roomProblemInWords(problem: RoomProblem): string {
  switch (problem) {
    case 'empty':
      return 'Paste the link that you were sent, or type the name of the room.';
    case 'other-site':
      return 'That link leads to another site, not to a room here.';
    case 'no-room':
      return 'That link leads to no room. Ask for it again, or type the name of the room.';
    case 'no-name':
      return `That name does not work for a room. ${ROOM_NAME_RULE}`;
  }
}
