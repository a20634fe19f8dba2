/** Drawn on a grid of 24, by strokes. */
const paths = {
  meetings: 'M5 5.5h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2zM3 10.5h18M8 3v4.5M16 3v4.5',
  mails: 'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 7.5l8.5 6 8.5-6',
  sms: 'M5 4.5h14a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-7.5L7 20.5V17H5a2 2 0 0 1-2-2V6.5a2 2 0 0 1 2-2zM7.5 9h9M7.5 12.5h5.5',
  pushes: 'M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 19.5a2.2 2.2 0 0 0 4 0',
  schedules: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2',
  deliveries: 'M4 12L20.5 4.5 14.5 20.5 11.5 13.5zM11.5 13.5l9-9',
  functions: 'M7 4.5h2.5L17 19.5h2.5M11.5 11L6 19.5',
  denied: 'M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM9 9.5l6 6M15 9.5l-6 6',
  allowed: 'M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5',
  logs: 'M4 6h16M4 10.5h16M4 15h10M4 19.5h7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5l5 5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15',
  back: 'M14.5 5.5L8 12l6.5 6.5',
  copy: 'M9 8h9a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 18 20H9a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 9 8zM4.5 15.5v-10A1.5 1.5 0 0 1 6 4h9.5',
  check: 'M4.5 12.5l5 5 10-11',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words that say the same, or in a button that has a name. */
export function InboxIcon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden={true} focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
