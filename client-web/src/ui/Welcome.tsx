import type { ReactNode } from 'react';
import { ThreeScreens } from './ThreeScreens';
import { useLanguage } from './useLanguage';

/** An introduction to the party, and a card with the next steps beside it. */
export function Welcome({ children }: { children: ReactNode }) {
  const { say } = useLanguage();
  return (
    <main className="gutter mx-auto grid w-full max-w-6xl grow grid-cols-1 content-center items-center gap-x-16 gap-y-8 py-8 lg:grid-cols-[1.15fr_1fr]">
      <div className="relative">
        <div className="stage-glow absolute -inset-10 -z-10" />
        <ThreeScreens className="mx-auto w-full max-w-60 sm:max-w-sm lg:mx-0 lg:max-w-xl" />
        <div className="max-lg:text-center">
          <h1 className="mt-4 text-4xl leading-[1.05] font-extrabold tracking-tight text-balance sm:text-5xl lg:mt-8 lg:text-6xl">
            {say('welcome.title')}
          </h1>
          <p className="mt-3 text-lg text-pretty text-muted max-sm:hidden lg:max-w-md">
            {say('welcome.about')}
          </p>
        </div>
      </div>
      <div className="w-full max-w-md justify-self-center rounded-3xl border border-line bg-surface p-6 shadow-xl shadow-black/5 sm:p-8 lg:justify-self-end">
        {children}
      </div>
    </main>
  );
}
