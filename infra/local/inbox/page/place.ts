/** The parts of the inbox, in their order. */
export const sections = [
  'meetings',
  'mails',
  'sms',
  'pushes',
  'schedules',
  'deliveries',
  'functions',
  'denied',
  'logs',
] as const;

export type Section = (typeof sections)[number];

export const mailTabs = ['mail', 'text', 'calendar', 'headers', 'source'] as const;

export type MailTab = (typeof mailTabs)[number];

/** What is looked at; it is kept in the address, so that it outlives a reload. */
export interface Place {
  readonly section: Section;
  readonly id: string | undefined;
  readonly tab: MailTab;
}

/** Reads the fragment of an address; what it does not understand, it takes for the beginning. */
export function placeOf(fragment: string): Place {
  const [, section, id, tab] = fragment.split('/');
  return {
    section: sections.find((known) => known === section) ?? 'meetings',
    id: id ? decoded(id) : undefined,
    tab: mailTabs.find((known) => known === tab) ?? 'mail',
  };
}

export function fragmentOf({ section, id, tab }: Pick<Place, 'section'> & Partial<Place>): string {
  const parts = [section, ...(id === undefined ? [] : [encodeURIComponent(id)])];
  return `#/${[...parts, ...(id === undefined || tab === undefined || tab === 'mail' ? [] : [tab])].join('/')}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
