import { Component, type ReactNode } from 'react';
import { Button } from '../../ui/Button';

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
    if (!this.state.failed) return this.props.children;
    return (
      <main role="alert" className="grid min-h-dvh place-content-center justify-items-center p-6 text-center">
        <h1 className="text-2xl font-bold tracking-tight">Something went wrong</h1>
        <p className="mt-2 mb-5 max-w-md text-pretty text-muted">
          This page cannot go on. Reload it: the others in the room are not affected, and you can join again.
        </p>
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </main>
    );
  }
}
