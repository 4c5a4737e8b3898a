import { useState } from 'react';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { LanguageField } from './LanguageField';
import { MOTIONS, type Motion, motion, takeMotion } from './motion';
import { Options } from './Options';
import { RenameForm } from './RenameForm';
import { chime, sounds } from './sounds';
import { THEMES, type Theme, takeTheme, theme } from './theme';

const THEME_WORDS = { system: 'settings.system', light: 'settings.light', dark: 'settings.dark' } as const;
const MOTION_WORDS = { system: 'settings.system', reduced: 'settings.reduced' } as const;

/** @param session missing where there is no room yet, and so nobody to rename */
export function SettingsButton({ session }: { session?: Session | undefined }) {
  const { say } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        look="icon"
        aria-label={say('settings.title')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="settings" />
      </Button>
      {isOpen && (
        <Dialog title={say('settings.title')} onClose={() => setOpen(false)}>
          <div className="flex flex-col gap-5">
            {session && <RenameForm session={session} />}
            <ThemeOptions />
            <MotionOptions />
            <SoundsSwitch />
            <LanguageField />
          </div>
        </Dialog>
      )}
    </>
  );
}

function ThemeOptions() {
  const { say } = useLanguage();
  const chosen = useStore(theme.view, value => value);
  return (
    <Options<Theme>
      title={say('settings.theme')}
      values={THEMES}
      chosen={chosen}
      inWords={value => say(THEME_WORDS[value])}
      onChoose={takeTheme}
    />
  );
}

function MotionOptions() {
  const { say } = useLanguage();
  const chosen = useStore(motion.view, value => value);
  return (
    <Options<Motion>
      title={say('settings.motion')}
      values={MOTIONS}
      chosen={chosen}
      inWords={value => say(MOTION_WORDS[value])}
      onChoose={takeMotion}
    />
  );
}

function SoundsSwitch() {
  const { say } = useLanguage();
  const isOn = useStore(sounds.view, value => value === 'on');
  return (
    <label className="flex cursor-pointer items-center justify-between gap-4">
      <span className="px-1">
        <span className="block text-sm font-medium">{say('settings.sounds')}</span>
        <span className="block text-sm text-pretty text-muted">{say('settings.chime')}</span>
      </span>
      <input
        type="checkbox"
        className="toggle"
        checked={isOn}
        onChange={event => {
          sounds.choose(event.target.checked ? 'on' : 'off');
          if (event.target.checked) chime();
        }}
      />
    </label>
  );
}
