import * as z from 'zod/mini';
import { knownCapabilities } from '../users/user.ts';
import { described, instantField, textField } from './described.ts';

const facts = {
  id: textField("The `sub` of the user's tokens.", '0a11ce00-0000-4000-8000-000000000001'),
  username: textField('The name that they sign in by, as their token says it.', 'alice'),
  name: z.optional(textField('What people call them: as their token says, else as an admin does.', 'Alice Vidal')),
  alias: z.optional(textField('What their own link ends in, where the deployment has such links.', 'alice')),
  email: z.optional(textField('Their mail address, where their issuer verified it.', 'alice@example.org')),
  mobilePhone: z.optional(textField('Their number, E.164, where their issuer verified it.', '+34600000001')),
  landLineNumber: z.optional(textField('Another number of theirs, E.164.', '+34910000001')),
  language: z.optional(textField('The language (BCP 47) that they are written to in.', 'en')),
  role: described(z.enum(['admin', 'user']), '`admin` where they have that capability.', 'user'),
  capabilities: described(
    z.array(z.string()),
    `What they may do: what their token says and what an admin gave them. The service asks for ${knownCapabilities.map((name) => `\`${name}\``).join(', ')}.`,
    ['meetings'],
  ),
  created: instantField('When they were entered in the directory.', '2027-02-01T10:00:00.000Z'),
  lastLogin: z.optional(
    instantField('When they called last, to the hour; absent before their first call.', '2027-02-20T10:00:00.000Z'),
  ),
};

export const user = z.strictObject(facts);

export const administeredUser = z.strictObject({
  ...facts,
  granted: described(z.array(z.enum(knownCapabilities)), 'Those of their capabilities that an admin gave them.', []),
});

export const userPage = z.strictObject({
  users: described(z.array(administeredUser), 'By username, or by mail address where that was asked for.'),
  unreadable: z.optional(
    described(
      z.array(textField('The id of the user.', '0b0b0000-0000-4000-8000-000000000002')),
      'Users who belong on this page, and whom the release that answers cannot read: another one wrote their entries.',
    ),
  ),
  cursor: z.optional(textField('Where the next page begins; absent on the last one.', 'VVNFUk5BTUUjYm9i')),
});

export const device = z.strictObject({
  id: textField("Names the device; its owner's choice.", 'phone'),
  platform: textField('The push service: `fcm`, `apns`, `apns-sandbox`, or one that a later release knows.', 'fcm'),
  registered: instantField('When it was registered.', '2027-02-20T10:00:00.000Z'),
});

export const deviceList = z.strictObject({
  devices: described(z.array(device), 'The devices to which the caller is pushed, at most 50.'),
});
