import type { ReactNode } from 'react';
import { SettingsButton } from '../features/settings/SettingsButton';
import { ConnectionStatus } from '../features/status/ConnectionStatus';
import type { Session } from '../sync/session';
import { LogoMark, Wordmark } from '../ui/Wordmark';

interface Props {
  /** Missing for an invalid room. */
  readonly session?: Session | undefined;
  readonly roomName?: string | undefined;
  /** The width that it may have. */
  readonly className?: string;
  readonly children?: ReactNode;
}

/**
 * The part above everything else. On a phone the connection's state is below the name, where there is room for words.
 */
export function Header({ session, roomName, className = '', children }: Props) {
  return (
    <header
      className={`gutter mx-auto flex w-full items-center gap-2 sm:gap-3 pt-[max(0.5rem,env(safe-area-inset-top))] pb-2 ${className}`}
    >
      <LogoMark />
      <div className="flex min-w-0 flex-col justify-center sm:contents">
        <Wordmark />
        {session && (
          <div className="sm:order-1 sm:ml-auto">
            <ConnectionStatus session={session} />
          </div>
        )}
      </div>
      {roomName && (
        <p dir="auto" className="min-w-0 rounded-2xl bg-sunken px-3 py-1 text-sm font-medium stacked:hidden">
          {roomName}
        </p>
      )}
      <div
        className={`flex items-center gap-1 max-sm:ml-auto sm:order-2 sm:gap-4 ${session ? '' : 'sm:ml-auto'}`}
      >
        {children}
        <div className="max-sm:-mr-2.5 lg:-mr-2.5">
          <SettingsButton session={session} />
        </div>
      </div>
    </header>
  );
}
