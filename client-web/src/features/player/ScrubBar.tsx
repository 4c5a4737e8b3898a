import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import { KEY_SEEK_S, PAGE_KEY_SEEK_S } from '../../constants';
import { ClockTime, message } from '../../language/message';
import { useLanguage } from '../../ui/useLanguage';
import { useDrag } from './useDrag';
import { ROOM_KEYS } from './useShortcuts';

interface Props {
  readonly videoId: string;
  readonly positionS: number;
  readonly durationS: number;
  readonly disabled: boolean;
  /** Why this person may not seek; its element has the id. */
  readonly denial: { readonly id: string; readonly tell: () => void } | undefined;
  readonly onSeek: (positionS: number) => void;
  /** Seeks by this many seconds from the current position. */
  readonly onStep: (stepS: number) => void;
}

/**
 * The seek bar. While it is dragged it shows the thumb's position, and seeks once, when it is released. If it is
 * disabled it keeps its place and the focus: the browser takes the focus from a natively disabled one.
 */
export function ScrubBar({ videoId, positionS, durationS, disabled, denial, onSeek, onStep }: Props) {
  const { say, clockTime } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const isOff = disabled || durationS === 0;
  const value = durationS > 0 ? Math.min(positionS, durationS) : 0;
  const draggedToS = useDrag(input, { value, subject: videoId, disabled: isOff, onLetGo: onSeek });

  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const seek = seekOfKey(event.key, durationS);
    if (!seek) return;
    event.preventDefault();
    if (isOff) {
      denial?.tell();
      return;
    }
    if ('toS' in seek) onSeek(seek.toS);
    else onStep(seek.stepS);
  };

  const shownS = draggedToS ?? (durationS > 0 ? value : positionS);
  const fill = { '--fill': `${durationS > 0 ? (shownS / durationS) * 100 : 0}%` } as CSSProperties;
  return (
    <div className="flex min-w-0 grow items-center gap-3">
      <input
        {...ROOM_KEYS}
        ref={input}
        type="range"
        className="range min-w-0 grow"
        style={fill}
        aria-label={say('player.position')}
        aria-valuetext={say(
          message('player.positionOf', {
            position: new ClockTime(shownS),
            duration: new ClockTime(durationS),
          }),
        )}
        min={0}
        max={durationS || 1}
        step="any"
        aria-disabled={isOff || undefined}
        aria-describedby={denial?.id}
        onPointerDown={denial?.tell}
        onKeyDown={press}
      />
      <span className="shrink-0 text-sm text-muted tabular-nums">
        <span className="text-ink">{clockTime(shownS)}</span> /{' '}
        {durationS > 0 ? clockTime(durationS) : '–:––'}
      </span>
    </div>
  );
}

/** The keys of a slider. We define how far each seeks, since a browser's own steps depend on the length. */
function seekOfKey(
  key: string,
  durationS: number,
): { readonly stepS: number } | { readonly toS: number } | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return { stepS: -KEY_SEEK_S };
    case 'ArrowRight':
    case 'ArrowUp':
      return { stepS: KEY_SEEK_S };
    case 'PageDown':
      return { stepS: -PAGE_KEY_SEEK_S };
    case 'PageUp':
      return { stepS: PAGE_KEY_SEEK_S };
    case 'Home':
      return { toS: 0 };
    case 'End':
      return { toS: durationS };
    default:
      return undefined;
  }
}
