import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { isDark, takeTheme } from './theme';

export function ThemeSwitch() {
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
      aria-label={dark ? 'Switch to light' : 'Switch to dark'}
      onClick={() => {
        takeTheme(dark ? 'light' : 'dark');
        setDark(!dark);
      }}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </Button>
  );
}
