/** The same evening on three screens, all at the same second. */
export function ThreeScreens({ className = '' }: { className?: string }) {
  return (
    <svg viewBox="0 12 400 150" className={className} aria-hidden="true">
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#3b2145" />
          <stop offset="0.55" stopColor="#b1473c" />
          <stop offset="1" stopColor="#f4a261" />
        </linearGradient>
        <clipPath id="screen">
          <rect width="160" height="90" rx="6" />
        </clipPath>
        <g id="evening">
          <rect x="-5" y="-5" width="170" height="100" rx="10" fill="#0e0c10" />
          <g clipPath="url(#screen)">
            <rect width="160" height="90" fill="url(#sky)" />
            <circle cx="104" cy="52" r="17" fill="#ffe3b0" />
            <path d="M0 66 34 44l26 20 30-24 32 26 38-20v44H0z" fill="#5d2a3c" />
            <path d="M0 78 40 62l44 16 40-14 36 12v14H0z" fill="#33182c" />
          </g>
          <rect x="10" y="79" width="140" height="3" rx="1.5" fill="#fff" opacity="0.4" />
          <rect x="10" y="79" width="88" height="3" rx="1.5" fill="#ff8b6a" />
          <circle cx="98" cy="80.5" r="4" fill="#fff" />
        </g>
      </defs>
      <use href="#evening" transform="translate(10 62) scale(0.72)" />
      <use href="#evening" transform="translate(275 62) scale(0.72)" />
      <use href="#evening" transform="translate(105 22) scale(1.19)" />
      <g className="fill-muted" opacity="0.5">
        <rect x="165" y="150" width="70" height="7" rx="3.5" />
        <rect x="38" y="138" width="60" height="6" rx="3" />
        <rect x="303" y="138" width="60" height="6" rx="3" />
      </g>
    </svg>
  );
}
