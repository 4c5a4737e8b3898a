import type { RoomInfo } from '../protocol/messages';

interface Room {
  readonly selfId: string | undefined;
  /** Undefined while it is not known, and from a server that knows no hosts. */
  readonly room: RoomInfo | undefined;
}

/** Whether this person is a host of the room; nobody is one in a room that nobody owns. */
export function isHost({ selfId, room }: Room): boolean {
  if (selfId === undefined) return false;
  return room?.hosts.includes(selfId) ?? false;
}

/** Whether the room obeys this person's commands to the video. */
export function maySteer(view: Room): boolean {
  return view.room?.steering !== 'hosts' || isHost(view);
}
