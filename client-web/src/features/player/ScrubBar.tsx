import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { clockTime } from '../../ui/time';

interface Props {
  readonly positionS: number;
  readonly durationS: number;
  readonly disabled: boolean;
  readonly onSeek: (positionS: number) => void;
}

/** The video's line of time. While it is dragged it shows where the thumb is, and seeks once, when it is let go. */
export function ScrubBar({ positionS, durationS, disabled, onSeek }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [draggedToS, setDraggedToS] = useState<number>();

  useEffect(() => {
    const element = input.current;
    if (!element) return;
    // React's onChange hears every step of a drag; the browser's own `change` only its end.
    const letGo = () => {
      setDraggedToS(undefined);
      onSeek(element.valueAsNumber);
    };
    element.addEventListener('change', letGo);
    return () => element.removeEventListener('change', letGo);
  }, [onSeek]);

  const wantedS = draggedToS ?? positionS;
  const shownS = durationS > 0 ? Math.min(wantedS, durationS) : wantedS;
  const fill = { '--fill': `${durationS > 0 ? (shownS / durationS) * 100 : 0}%` } as CSSProperties;
  return (
    <div className="flex min-w-0 grow items-center gap-3">
      <input
        ref={input}
        type="range"
        className="range min-w-0 grow"
        style={fill}
        aria-label="Position in the video"
        aria-valuetext={`${clockTime(shownS)} of ${clockTime(durationS)}`}
        min={0}
        max={durationS || 1}
        step={0.1}
        value={durationS > 0 ? shownS : 0}
        disabled={disabled || durationS === 0}
        onChange={event => setDraggedToS(event.target.valueAsNumber)}
      />
      <span className="shrink-0 text-sm text-muted tabular-nums">
        <span className="text-ink">{clockTime(shownS)}</span> /{' '}
        {durationS > 0 ? clockTime(durationS) : '–:––'}
      </span>
    </div>
  );
}
