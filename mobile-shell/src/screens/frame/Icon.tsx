/** Signs beside words, never instead of them: hidden from screen readers. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  open: 'M9 5l7 7-7 7',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  tray: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5',
  gear: 'M12 9a3 3 0 100 6 3 3 0 000-6zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  warning: 'M12 3l10 18H2zM12 10v5M12 18v.5',
  error: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6',
  info: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v6M12 7v.5',
  tick: 'M4 12l5 6L20 6',
  phone: 'M7 2h10v20H7zM11 18h2',
  sending: 'M12 20V6M6 11l6-6 6 6M5 22h14',
  mic: 'M12 3a3 3 0 00-3 3v6a3 3 0 006 0V6a3 3 0 00-3-3zM5 11v1a7 7 0 0014 0v-1M12 19v3',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4l13 8-13 8z',
  stop: 'M6 6h12v12H6z',
  keyboard: 'M2 6h20v12H2zM6 10h.5M10 10h.5M14 10h.5M18 10h.5M7 14h10',
  lock: 'M6 11h12v10H6zM8 11V8a4 4 0 018 0v3',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 3',
  add: 'M12 5v14M5 12h14',
  remove: 'M6 6l12 12M18 6L6 18',
  edit: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  sound: 'M4 9h4l5-5v16l-5-5H4zM17 8a6 6 0 010 8',
  up: 'M12 20V5M6 11l6-6 6 6',
  down: 'M12 4v15M6 13l6 6 6-6',
  same: 'M4 12h16',
  mixed: 'M8 4v16M4 8l4-4 4 4M16 20V4M12 16l4 4 4-4',
  question: 'M8 9a4 4 0 117 3c-2 1-3 2-3 4M12 20v.5',
  half: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 3v18',
  noentry: 'M12 3a9 9 0 100 18 9 9 0 000-18zM6 12h12',
  people: 'M9 5a3 3 0 100 6 3 3 0 000-6zM3 20a6 6 0 0112 0M17 6a3 3 0 010 5M17 14a6 6 0 014 6',
} as const;

/** Which signs there are. */
export type Sign = keyof typeof PATHS;

export function Icon({ sign }: { sign: Sign }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[sign]} />
    </svg>
  );
}
