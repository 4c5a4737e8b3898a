import { OWN_CHANGE_MS, REQUEST_PATIENCE_MS } from '../constants';
import type { Ack, RoomUpdate } from '../protocol/events';
import type { RequestError } from '../protocol/messages';
import type { Clock } from './clock';
import type { SocketPort } from './socket';

/** The server's refusal of a request; undefined when it was carried out. */
type Answer = Promise<RequestError | undefined>;

/** The requests that only the hosts of a room may make. */
export class HostRequests {
  private readonly socket: SocketPort;
  private readonly clock: Clock;
  private lastAtMs = Number.NEGATIVE_INFINITY;

  constructor(socket: SocketPort, clock: Clock) {
    this.socket = socket;
    this.clock = clock;
  }

  /** Whether a change of the room under our name is the answer to a request from here. */
  get isRecent(): boolean {
    return this.clock.nowMs() - this.lastAtMs <= OWN_CHANGE_MS;
  }

  update(update: RoomUpdate): Answer {
    return this.request('room:update', ack => this.socket.emit('room:update', update, ack));
  }

  addHost(participantId: string): Answer {
    return this.request('room:addHost', ack => this.socket.emit('room:addHost', { participantId }, ack));
  }

  removeHost(participantId: string): Answer {
    return this.request('room:removeHost', ack =>
      this.socket.emit('room:removeHost', { participantId }, ack),
    );
  }

  /** Sends a person away, and keeps them out. */
  kick(participantId: string): Answer {
    return this.request('room:kick', ack => this.socket.emit('room:kick', { participantId }, ack));
  }

  /** Ends the room for everyone. */
  close(): Answer {
    return this.request('room:close', ack => this.socket.emit('room:close', {}, ack));
  }

  private request(event: string, send: (ack: Ack) => void): Answer {
    const unanswered: RequestError = { event, code: 'UNAVAILABLE', message: '' };
    if (!this.socket.connected) return Promise.resolve(unanswered);
    this.lastAtMs = this.clock.nowMs();
    return new Promise(resolve => {
      const giveUp = this.clock.after(REQUEST_PATIENCE_MS, () => resolve(unanswered));
      send(refused => {
        giveUp();
        resolve(refused?.error);
      });
    });
  }
}
