import type { Command } from '../command';
import type { PlaybackSurroundings } from '../playbackSurroundings';
import { TestingClock } from './TestingClock';

/** A page that is seen and connected, as long as a test does not change that. Sent commands are kept. */
export class TestingSurroundings implements PlaybackSurroundings {
  readonly clock = new TestingClock();
  readonly sent: Command[] = [];
  connected = true;
  hidden = false;

  readonly latencyMs = () => 0;
  readonly isConnected = () => this.connected;
  readonly isHidden = () => this.hidden;
  readonly send = (command: Command) => {
    if (this.connected) this.sent.push(command);
    return this.connected;
  };
}
