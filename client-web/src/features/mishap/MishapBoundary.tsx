import { Component, type ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';

/** Replaces a page that could not be shown. */
export class MishapBoundary extends Component<
  { readonly children: ReactNode },
  { readonly failed: boolean }
> {
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override readonly state = { failed: false };

  override render(): ReactNode {
    return this.state.failed ? <MishapScreen /> : this.props.children;
  }
}

function MishapScreen() {
  const { say } = useLanguage();
  return (
    <main role="alert" className="grid min-h-dvh place-content-center justify-items-center p-6 text-center">
      <h1 className="text-2xl font-bold tracking-tight">{say('mishap.title')}</h1>
      <p className="mt-2 mb-5 max-w-md text-pretty text-muted">{say('mishap.advice')}</p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {say('mishap.reload')}
      </Button>
    </main>
  );
}
