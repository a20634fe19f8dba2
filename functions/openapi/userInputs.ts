import { deviceInput } from '../users/device.ts';
import { profilePatch, provisionInput } from '../users/profileInput.ts';
import { knownCapabilities } from '../users/user.ts';
import type { Components, Notes } from './jsonSchema.ts';

const language: Notes = {
  description: 'The language (BCP 47) that he is written to in.',
  maxLength: 35,
  examples: ['en', 'es-MX'],
};
const alias: Notes = {
  description: 'What his own link ends in, where the deployment has such links. It stays his when he takes another.',
  examples: ['alice'],
};
const landLineNumber: Notes = {
  description: 'Another number of his: 7 to 15 digits with the country code, with or without `+`.',
  examples: ['+34910000001'],
};

const orNothing = (notes: Notes): Notes => ({ ...notes, description: `${notes.description} Null takes it away.` });

/** What callers send of users. */
export const userInputs: Components = {
  ProfilePatch: {
    schema: profilePatch,
    notes: {
      description: 'A JSON merge patch (RFC 7396) of what a user says of himself; what is absent stays.',
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
      description: 'All that an admin says of a user; what is absent he has not.',
      properties: {
        username: {
          description: 'What he is called. Required of a new user; once he has called, his token says it.',
          examples: ['bob'],
        },
        capabilities: {
          description: `What he may do beside what his token says: ${knownCapabilities.map((name) => `\`${name}\``).join(', ')}.`,
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
