import type { RoomInfo } from '../protocol/messages';

/** The decisions of a host about the room. */
export type DecisionKind =
  | 'titled'
  | 'untitled'
  | 'hostsSteer'
  | 'everyoneSteers'
  | 'locked'
  | 'unlocked'
  | 'passwordSet'
  | 'passwordRemoved';

/** A host's decision about the room, or another role of a person. */
export type InfoChange =
  | { readonly kind: DecisionKind }
  | { readonly kind: 'madeHost' | 'madeGuest'; readonly id: string };

/** The changes of the room. A new password in place of another cannot be seen. */
export function changesOf(before: RoomInfo, after: RoomInfo): InfoChange[] {
  const changes: InfoChange[] = [];
  if (before.title !== after.title) changes.push({ kind: after.title === '' ? 'untitled' : 'titled' });
  if (before.steering !== after.steering) {
    changes.push({ kind: after.steering === 'hosts' ? 'hostsSteer' : 'everyoneSteers' });
  }
  if (before.locked !== after.locked) changes.push({ kind: after.locked ? 'locked' : 'unlocked' });
  if (before.hasPassword !== after.hasPassword) {
    changes.push({ kind: after.hasPassword ? 'passwordSet' : 'passwordRemoved' });
  }
  for (const id of after.hosts) if (!before.hosts.includes(id)) changes.push({ kind: 'madeHost', id });
  for (const id of before.hosts) if (!after.hosts.includes(id)) changes.push({ kind: 'madeGuest', id });
  return changes;
}
