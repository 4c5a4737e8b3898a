import type { Command } from '../command';
import type { PlaybackSurroundings } from '../playbackSurroundings';
import { TestingClock } from './TestingClock';

/** A page that is seen and connected, as long as a test does not change that. Sent commands are kept. */
export class TestingSurroundings implements PlaybackSurroundings {
  readonly clock = new TestingClock();
  readonly sent: Command[] = [];
  connected = true;
  hidden = false;
  steers = true;
  /** How often the person wanted to steer, and was not allowed to. */
  denials = 0;

  readonly latencyMs = () => 0;
  readonly isConnected = () => this.connected;
  readonly maySteer = () => this.steers;
  readonly denied = () => {
    this.denials++;
  };
  readonly isHidden = () => this.hidden;
  readonly send = (command: Command) => {
    if (this.connected) this.sent.push(command);
    return this.connected;
  };
}
