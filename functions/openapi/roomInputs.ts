import { dialInPassword } from '../rooms/dialInPassword.ts';
import type { Components } from './jsonSchema.ts';

/** What callers send at the doors to rooms. */
export const roomInputs: Components = {
  DialInPassword: {
    schema: dialInPassword,
    notes: {
      description: 'The password that somebody typed who dials in.',
      properties: { password: { description: 'As it was typed.', examples: ['730164'] } },
    },
  },
};
