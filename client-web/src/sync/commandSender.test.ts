import { beforeEach, expect, test } from 'vitest';
import { CommandSender } from './commandSender';
import { PendingCommands } from './pendingCommands';
import { Playability } from './playability';
import { PlaybackTarget } from './playbackTarget';
import { PlayerDriver } from './playerDriver';
import { TestingSurroundings } from './testing/TestingSurroundings';
import { ViewPublisher } from './viewPublisher';

let around: TestingSurroundings;
let target: PlaybackTarget;
let publisher: ViewPublisher;
let sender: CommandSender;

/** A room that was paused at 100 s. */
beforeEach(() => {
  around = new TestingSurroundings();
  const driver = new PlayerDriver(around.clock, () => undefined);
  const pending = new PendingCommands(around.clock);
  target = new PlaybackTarget(around, driver, pending);
  publisher = new ViewPublisher(around.clock, driver, target, new Playability(around, driver, target));
  sender = new CommandSender(around, driver, target, pending, publisher);
  target.setRoom({ videoId: 'dQw4w9WgXcQ', playing: false, positionS: 100 });
});

test('a sent command is the target until the room has answered', () => {
  expect(sender.send({ kind: 'play', timeS: 100 }, true, 100)).toBe(true);
  expect(target.playing).toBe(true);
  expect(publisher.view.get().playing).toBe(true);
  expect(sender.isUnanswered).toBe(true);
  expect(sender.roomChanged('play', false)).toBe(false);
  expect(sender.isUnanswered).toBe(true);
  expect(sender.roomChanged('play', true)).toBe(true);
  expect(sender.isUnanswered).toBe(false);
});

test('a command without a connection leaves no wish', () => {
  around.connected = false;
  expect(sender.send({ kind: 'play' }, true, 100)).toBe(false);
  expect(sender.isPending).toBe(false);
});

test('a held seek is sent before a held play, both with one time', () => {
  sender.hold('play', true, 100);
  sender.hold('seek', true, 300);
  expect(sender.sendHeld()).toBe(true);
  expect(around.sent).toEqual([
    { kind: 'seek', timeS: 300 },
    { kind: 'play', timeS: 300 },
  ]);
  expect(sender.sendHeld()).toBe(true);
  expect(around.sent).toHaveLength(2);
});

test('a play that is taken back leaves a held seek, paused', () => {
  sender.hold('seek', false, 300);
  sender.hold('play', true, 300);
  expect(sender.takeBackPlay()).toBe(true);
  sender.sendHeld();
  expect(around.sent).toEqual([{ kind: 'seek', timeS: 300 }]);
  expect(target.playing).toBe(false);
});

test('a play of somebody else makes a held play needless', () => {
  sender.hold('play', true, 100);
  sender.roomChanged('play', false);
  expect(sender.isUnanswered).toBe(false);
});

test('a gesture overrules all that is held', () => {
  sender.hold('seek', false, 300);
  sender.sendGesture({ kind: 'play', timeS: 50 });
  sender.sendHeld();
  expect(around.sent).toEqual([{ kind: 'play', timeS: 50 }]);
  expect([target.playing, target.positionS()]).toEqual([true, 50]);
});

test('only a command that was sent can be overdue', () => {
  sender.hold('play', true, 100);
  around.clock.advance(5000);
  expect(sender.isOverdue).toBe(false);
  sender.sendHeld();
  around.clock.advance(2600);
  expect(sender.isOverdue).toBe(true);
});
