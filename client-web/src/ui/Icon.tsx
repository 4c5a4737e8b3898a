const PATHS = {
  play: 'M8 5.5v13a.8.8 0 0 0 1.2.7l10.4-6.5a.8.8 0 0 0 0-1.4L9.2 4.8A.8.8 0 0 0 8 5.5Z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  replay: 'M12 5V2L7.5 5.8 12 9.5V7a5.2 5.2 0 1 1-5.2 5.2h-2A7.2 7.2 0 1 0 12 5Z',
  back: 'M11.5 6v12L3 12zM20.5 6v12L12 12z',
  forward: 'M12.5 6v12l8.5-6zM3.5 6v12l8.5-6z',
  sound:
    'M4 9v6h4l5 4.5v-15L8 9zM15.5 8.2v7.6a4.5 4.5 0 0 0 0-7.6Zm0-4.4v2.1a6.8 6.8 0 0 1 0 12.2v2.1a8.8 8.8 0 0 0 0-16.4Z',
  muted:
    'M4 9v6h4l5 4.5v-15L8 9zM21.5 9.4l-1.4-1.4-2.1 2.1L15.9 8l-1.4 1.4 2.1 2.1-2.1 2.1 1.4 1.4 2.1-2.1 2.1 2.1 1.4-1.4-2.1-2.1z',
  fullscreen: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
  leaveFullscreen: 'M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z',
  theatre: 'M3 5h18v14H3zM5 7v10h14V7zM7 9h10v6H7z',
  leaveTheatre: 'M3 5h18v14H3zM5 7v10h14V7zM8.5 10h7v4h-7z',
  sun: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM11 1.5h2v3h-2zM11 19.5h2v3h-2zM1.5 11h3v2h-3zM19.5 11h3v2h-3zM4 5.4 5.4 4l2.1 2.1-1.4 1.4zM16.5 17.9l1.4-1.4 2.1 2.1-1.4 1.4zM4 18.6l2.1-2.1 1.4 1.4L5.4 20zM16.5 6.1 18.6 4 20 5.4l-2.1 2.1z',
  moon: 'M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2Z',
  language:
    'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Zm0 2a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM12 3.3c-2.7 2.3-4.1 5.3-4.1 8.7s1.4 6.4 4.1 8.7c2.7-2.3 4.1-5.3 4.1-8.7s-1.4-6.4-4.1-8.7Zm0 2.9c1.4 1.6 2.1 3.6 2.1 5.8s-.7 4.2-2.1 5.8c-1.4-1.6-2.1-3.6-2.1-5.8s.7-4.2 2.1-5.8ZM3.5 11v2h17v-2z',
  link: 'M10.6 13.4a1 1 0 0 1-1.4 0 4.8 4.8 0 0 1 0-6.8l3-3a4.8 4.8 0 0 1 6.8 6.8l-1.3 1.3-1.4-1.4 1.3-1.3a2.8 2.8 0 0 0-4-4l-3 3a2.8 2.8 0 0 0 0 4 1 1 0 0 1 0 1.4Zm2.8-2.8a1 1 0 0 1 1.4 0 4.8 4.8 0 0 1 0 6.8l-3 3A4.8 4.8 0 0 1 5 13.6l1.3-1.3 1.4 1.4-1.3 1.3a2.8 2.8 0 0 0 4 4l3-3a2.8 2.8 0 0 0 0-4 1 1 0 0 1 0-1.4Z',
  check: 'm9.5 17.5-5-5 1.4-1.4 3.6 3.6 8.6-8.6 1.4 1.4z',
  close: 'm6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z',
  more: 'M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  lock: 'M12 2a5 5 0 0 0-5 5v3H6a1.5 1.5 0 0 0-1.5 1.5v8A1.5 1.5 0 0 0 6 21h12a1.5 1.5 0 0 0 1.5-1.5v-8A1.5 1.5 0 0 0 18 10h-1V7a5 5 0 0 0-5-5Zm0 2a3 3 0 0 1 3 3v3H9V7a3 3 0 0 1 3-3Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words or a label; never the only name of a control. */
export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} fill="currentColor" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
