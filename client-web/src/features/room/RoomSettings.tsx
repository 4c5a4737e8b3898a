import { useId, useState } from 'react';
import type { Message } from '../../language/message';
import type { RequestError } from '../../protocol/messages';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { refusalInWords } from '../../ui/refusalInWords';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { PasswordSetting } from './PasswordSetting';
import { TitleSetting } from './TitleSetting';
import { useChoice } from './useChoice';

interface Props {
  readonly session: Session;
  readonly onClose: () => void;
}

/** Makes a request; true if it was carried out. */
export type Ask = (request: Promise<RequestError | undefined>) => Promise<boolean>;

/** The decisions of a host about the room. Each choice holds at once, for everyone. */
export function RoomSettings({ session, onClose }: Props) {
  const { say } = useLanguage();
  const [outcome, setOutcome] = useState<{ readonly words: Message; readonly isRefusal: boolean }>();
  const [isClosing, setClosing] = useState(false);

  const ask: Ask = async request => {
    setOutcome(undefined);
    const refused = await request;
    setOutcome({ words: refused ? refusalInWords(refused) : 'room.isSet', isRefusal: refused !== undefined });
    return refused === undefined;
  };

  return (
    <Dialog title={say('room.settings')} onClose={onClose}>
      <div className="flex flex-col gap-5">
        <TitleSetting session={session} ask={ask} />
        <Steering session={session} ask={ask} />
        <Lock session={session} ask={ask} />
        <PasswordSetting session={session} ask={ask} />
        <div className="min-h-5 px-1 text-sm text-pretty">
          <p role="status" className="text-ok">
            {outcome && !outcome.isRefusal && say(outcome.words)}
          </p>
          <p role="alert" className="text-bad">
            {outcome?.isRefusal && say(outcome.words)}
          </p>
        </div>
        <Button className="min-h-11 text-bad" onClick={() => setClosing(true)}>
          {say('room.close')}
        </Button>
      </div>
      {isClosing && (
        <ConfirmDialog
          title={say('room.closeTitle')}
          about={say('room.closeAbout')}
          confirm={say('room.close')}
          onConfirm={() => {
            setClosing(false);
            void ask(session.host.close());
          }}
          onDecline={() => setClosing(false)}
        />
      )}
    </Dialog>
  );
}

interface SettingProps {
  readonly session: Session;
  readonly ask: Ask;
}

function Steering({ session, ask }: SettingProps) {
  const { say } = useLanguage();
  const [steering, choose] = useChoice(
    useStore(session.view, view => view.room?.steering ?? 'everyone'),
    wanted => ask(session.host.update({ steering: wanted })),
  );
  const choices = [
    ['everyone', 'room.everyoneSteers'],
    ['hosts', 'room.hostsSteer'],
  ] as const;
  return (
    <fieldset>
      <legend className="px-1 text-sm font-medium">{say('room.steering')}</legend>
      <div className="mt-1 flex flex-wrap gap-x-6">
        {choices.map(([value, words]) => (
          <label key={value} className="flex min-h-11 cursor-pointer items-center gap-2 px-1">
            <input
              type="radio"
              name="steering"
              className="size-4.5 accent-accent"
              checked={steering === value}
              onChange={() => choose(value)}
            />
            {say(words)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Lock({ session, ask }: SettingProps) {
  const { say } = useLanguage();
  const id = useId();
  const [isLocked, choose] = useChoice(
    useStore(session.view, view => view.room?.locked ?? false),
    locked => ask(session.host.update({ locked })),
  );
  return (
    <div className="px-1">
      <label className="flex min-h-8 pointer-coarse:min-h-11 w-fit cursor-pointer items-center gap-2 font-medium">
        <input
          type="checkbox"
          className="size-4.5 accent-accent"
          aria-describedby={id}
          checked={isLocked}
          onChange={event => choose(event.target.checked)}
        />
        {say('room.lock')}
      </label>
      <p id={id} className="text-sm text-pretty text-muted">
        {say('room.lockAbout')}
      </p>
    </div>
  );
}
