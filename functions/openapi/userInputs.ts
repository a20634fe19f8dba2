import { deviceInput } from '../users/device.ts';
import { profilePatch, provisionInput } from '../users/profileInput.ts';
import { knownCapabilities } from '../users/user.ts';
import type { Components, Notes } from './jsonSchema.ts';

const language: Notes = {
  description: 'The language (BCP 47) that they are written to in.',
  maxLength: 35,
  examples: ['en', 'es-MX'],
};
const alias: Notes = {
  description:
    'What their own link ends in, where the deployment has such links. It stays theirs when they take another.',
  examples: ['alice'],
};
const landLineNumber: Notes = {
  description: 'Another number of theirs: 7 to 15 digits with the country code, with or without `+`.',
  examples: ['+34910000001'],
};

const orNothing = (notes: Notes): Notes => ({ ...notes, description: `${notes.description} Null takes it away.` });

/** What callers send of users. */
export const userInputs: Components = {
  ProfilePatch: {
    schema: profilePatch,
    notes: {
      description: 'A JSON merge patch (RFC 7396) of what users say of themselves; what is absent stays.',
      properties: {
        alias: orNothing(alias),
        language: orNothing(language),
        landLineNumber: orNothing(landLineNumber),
      },
    },
  },
  UserProvision: {
    schema: provisionInput,
    notes: {
      description: 'All that an admin says of a user; what is absent they have not.',
      properties: {
        username: {
          description: 'What they are called. Required of a new user; once they have called, their token says it.',
          examples: ['bob'],
        },
        name: {
          description: 'What people call them, unless their token says it.',
          examples: ['Bob Serra'],
        },
        capabilities: {
          description: `What they may do beside what their token says: ${knownCapabilities.map((name) => `\`${name}\``).join(', ')}.`,
          examples: [['meetings']],
        },
        alias,
        language,
        landLineNumber,
      },
    },
  },
  DeviceRegistration: {
    schema: deviceInput,
    notes: {
      description: 'A device for push.',
      properties: {
        platform: { description: 'The push service.', examples: ['fcm'] },
        token: {
          description: 'The token that the push service gave the device; it belongs to its last registrant.',
          examples: ['fcm-token-of-the-device'],
        },
      },
    },
  },
};
