import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { isDark, takeTheme } from './theme';

export function ThemeSwitch() {
  const { say } = useLanguage();
  const [dark, setDark] = useState(isDark);

  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const update = () => setDark(isDark());
    system.addEventListener('change', update);
    return () => system.removeEventListener('change', update);
  }, []);

  return (
    <Button
      look="icon"
      aria-label={say(dark ? 'theme.toLight' : 'theme.toDark')}
      onClick={() => {
        takeTheme(dark ? 'light' : 'dark');
        setDark(!dark);
      }}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </Button>
  );
}
