import { useEffect, useRef, useState } from 'react';
import { TOAST_MS } from '../../constants';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { KeepFocus } from '../../ui/KeepFocus';
import { refusalInWords } from '../../ui/refusalInWords';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';

/** Whether a form shows the refusal: that of the video, and before the room is entered that of the name. */
function isToldAtForm(event: string, hasJoined: boolean): boolean {
  return event === 'session:changeVideo' || (event === 'session:join' && !hasJoined);
}

/** The server's refusal, unless a form shows it. It disappears by itself, but not while it has the keyboard's focus. */
export function Toast({ session }: { session: Session }) {
  const { say } = useLanguage();
  const notice = useStore(session.view, view => view.notice);
  const hasJoined = useStore(session.view, view => view.joined);
  const shown = notice && !isToldAtForm(notice.event, hasJoined) ? notice : undefined;
  const before = useRef<HTMLElement>(null);
  const [isHeld, setHeld] = useState(false);

  useEffect(() => {
    // An element that is removed with the focus gets no event for losing it.
    if (!shown) setHeld(false);
    if (!shown || isHeld) return;
    const timer = setTimeout(() => session.dismissNotice(), TOAST_MS);
    return () => clearTimeout(timer);
  }, [session, shown, isHeld]);

  return (
    <div role="alert" className="max-w-full">
      {shown && (
        <KeepFocus heir={() => before.current}>
          <div
            data-message=""
            className="flex items-center gap-2 rounded-2xl border border-bad/40 bg-surface py-1 pr-1 pl-4 shadow-lg"
          >
            <p>{say(refusalInWords(shown))}</p>
            <Button
              look="icon"
              aria-label={say('message.dismiss')}
              onClick={() => session.dismissNotice()}
              onFocus={({ relatedTarget }) => {
                if (relatedTarget instanceof HTMLElement) before.current = relatedTarget;
                setHeld(true);
              }}
              onBlur={() => setHeld(false)}
            >
              <Icon name="close" className="size-4" />
            </Button>
          </div>
        </KeepFocus>
      )}
    </div>
  );
}
