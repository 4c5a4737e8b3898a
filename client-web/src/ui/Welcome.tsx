import type { ReactNode } from 'react';
import { ThreeScreens } from './ThreeScreens';
import { useLanguage } from './useLanguage';

/** An introduction to the party, and a card with the next steps beside it. */
export function Welcome({ children }: { children: ReactNode }) {
  const { say } = useLanguage();
  return (
    <main className="gutter mx-auto grid w-full max-w-6xl grow grid-cols-1 content-center items-center gap-x-16 gap-y-8 py-8 max-sm:gap-y-6 max-sm:py-4 lg:grid-cols-[1.15fr_1fr] flat:grid-cols-[1fr_1.4fr] flat:items-start flat:gap-x-8 flat:pt-0 flat:pb-4">
      <div className="relative">
        <div className="stage-glow absolute -inset-10 -z-10" />
        <ThreeScreens className="mx-auto w-full max-w-44 sm:max-w-sm lg:mx-0 lg:max-w-xl" />
        <div className="max-lg:text-center">
          <h1 className="mt-3 text-3xl leading-[1.05] font-extrabold tracking-tight text-balance sm:mt-4 sm:text-5xl lg:mt-8 lg:text-6xl flat:mt-4 flat:text-3xl">
            {say('welcome.title')}
          </h1>
          <p className="mx-auto mt-3 max-w-md text-lg text-balance text-muted max-sm:hidden lg:mx-0 lg:text-pretty flat:hidden">
            {say('welcome.about')}
          </p>
        </div>
      </div>
      <div className="w-full max-w-md justify-self-center rounded-3xl border border-line bg-surface p-6 shadow-xl shadow-black/5 sm:p-8 lg:justify-self-end flat:p-5">
        {children}
      </div>
    </main>
  );
}
