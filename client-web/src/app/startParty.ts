import { recentRooms } from '../features/home/recentRooms';
import { type CreationRefusal, createRoom, type RoomRequest } from '../features/home/rooms';
import { randomRoomName } from '../protocol/room';
import { identities } from './identities';
import type { PartyServer } from './server';
import type { Visits } from './visits';

/**
 * Creates a room and goes there as its host; joins it if a name is given. Returns the reason if there is no room. A person
 * who has gone elsewhere meanwhile stays there.
 */
export async function startParty(
  server: PartyServer,
  visits: Visits,
  request: RoomRequest,
  username?: string,
): Promise<CreationRefusal | undefined> {
  const before = visits.view.get();
  const creation = await createRoom(server.place, request);
  if (creation.kind === 'refused') return creation;
  const name =
    creation.kind === 'created'
      ? creation.room
      : (request.name ?? randomRoomName(bytes => crypto.getRandomValues(bytes)));
  if (creation.kind === 'created') identities.keep(name, creation);
  recentRooms.add(name, request.title ?? '');
  if (visits.view.get() !== before) return undefined;
  visits.enter({ kind: 'named', name }, { arrival: 'host', username });
  return undefined;
}
