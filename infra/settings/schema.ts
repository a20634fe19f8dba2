import * as z from 'zod';
import { brand } from './brand.ts';
import { consolePage } from './console.ts';
import { invitations } from './invitations.ts';
import { links } from './links.ts';
import { operation } from './operation.ts';
import { people } from './people.ts';
import { reminders } from './reminders.ts';
import { rooms } from './rooms.ts';
import { sending } from './sending.ts';

/** All settings under the headings of their page. */
export const groups = {
  Links: links,
  Invitations: invitations,
  Brand: brand,
  Reminders: reminders,
  'Mail and SMS': sending,
  'Callers and capabilities': people,
  Rooms: rooms,
  'The console': consolePage,
  Operation: operation,
};

/** All settings as they may be given; blank ones are left out before. */
export const schema = z.strictObject({
  ...links,
  ...invitations,
  ...brand,
  ...reminders,
  ...sending,
  ...people,
  ...rooms,
  ...consolePage,
  ...operation,
});

/** Each setting's value as it was given or by default, before one is held against another. */
export type Values = z.output<typeof schema>;

export type SettingName = keyof typeof schema.shape;

/** The settings of Quobis's manual, which a wac.ini replaces as a whole. */
export const settingsOfTheManual: readonly SettingName[] = [
  'linkHost',
  'inviteMechanisms',
  'linkFormat',
  'templatePath',
  'shortenerToken',
  'languagesTemplates',
  'remindBefore',
  'pstnExtension',
];
