import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { useMemo } from 'react';

/** The margin that a scanner needs, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A QR code, dark on white in both themes: many scanners do not read the inverse. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = useMemo(() => generate(text), [text]);
  const size = code.size + 2 * QUIET_ZONE;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto w-full max-w-60 rounded-2xl border border-line bg-white forced-color-adjust-none"
    >
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}
