import type { Section } from './place.ts';

export const sectionNames: Readonly<Record<Section, string>> = {
  meetings: 'Meetings',
  mails: 'Mails',
  sms: 'SMS',
  pushes: 'Pushes',
  schedules: 'Schedules',
  deliveries: 'Deliveries',
  functions: 'Functions',
  denied: 'Denied calls',
  logs: 'Log',
};
