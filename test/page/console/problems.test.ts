import { describe, expect, test } from 'vitest';
import { ApiRefusal } from '../../../functions/pages/console/api/apiClient.ts';
import { problemText } from '../../../functions/pages/console/app/problemText.ts';
import { ca } from '../../../functions/pages/console/words/ca.ts';
import { en } from '../../../functions/pages/console/words/en.ts';
import { es } from '../../../functions/pages/console/words/es.ts';
import { problemTitles } from '../../../functions/runtime/refusals/problems.ts';

/** What the API refuses that the console asks for, by status and code. */
describe.each([
  [
    403,
    'not-organizer',
    [
      'Only the organizer, and co-hosts who manage the meeting, may do this.',
      'Solo pueden hacerlo quien organiza la reunión y los coanfitriones que la gestionan.',
      'Només ho poden fer qui organitza la reunió i els coamfitrions que la gestionen.',
    ],
  ],
  [
    404,
    'attendance-unavailable',
    [
      'Who came is not known: this service keeps no attendance, or its conferences are held by a server that does not tell.',
      'No se sabe quién vino: este servicio no lo guarda, o sus conferencias las lleva un servidor que no lo dice.',
      'No se sap qui ha vingut: aquest servei no ho guarda, o les conferències les porta un servidor que no ho diu.',
    ],
  ],
  [
    404,
    'participant-not-found',
    [
      'They are in the meeting no more.',
      'Esa persona ya no está en la reunión.',
      'Aquesta persona ja no és a la reunió.',
    ],
  ],
  [
    409,
    'too-many-participants',
    [
      'The meeting has as many people as it can have.',
      'En la reunión no caben más personas.',
      'A la reunió no hi caben més persones.',
    ],
  ],
  [
    404,
    'webhook-not-found',
    ['There is no such webhook any more.', 'Ese webhook ya no existe.', 'Aquest webhook ja no existeix.'],
  ],
  [
    409,
    'too-many-webhooks',
    ['There are as many webhooks as there can be.', 'No caben más webhooks.', 'No hi caben més webhooks.'],
  ],
  [
    409,
    'webhook-busy',
    [
      'Somebody else changed the webhook at the same time. Try again.',
      'Otra persona cambió el webhook a la vez. Vuelve a intentarlo.',
      'Algú altre ha canviat el webhook alhora. Torna-ho a provar.',
    ],
  ],
])('%i %s', (status, code, said) => {
  test('is a code of the API', () => {
    expect(Object.keys(problemTitles)).toContain(code);
  });

  test('is said in words', () => {
    const refusal = new ApiRefusal(status, { code, detail: 'Detail.' }, null);
    expect([en, es, ca].map((words) => problemText(refusal, words))).toEqual(said);
  });
});
