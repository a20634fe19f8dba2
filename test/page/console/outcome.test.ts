import { expect, test } from 'vitest';
import { writtenOutcome } from '../../../functions/pages/console/screens/webhooks/outcome.ts';
import { ca } from '../../../functions/pages/console/words/ca.ts';
import { en } from '../../../functions/pages/console/words/en.ts';
import { es } from '../../../functions/pages/console/words/es.ts';

test.each([
  [{ status: 204 }, 'Answer: 204, after 12 ms.', 'Respuesta: 204, a los 12 ms.', 'Resposta: 204, al cap de 12 ms.'],
  [
    { silence: 'name-not-found' },
    'The name in the address leads nowhere.',
    'El nombre de la dirección no lleva a ninguna parte.',
    'El nom de l’adreça no porta enlloc.',
  ],
  [
    { silence: 'address-not-public' },
    'The address is not one of the internet.',
    'La dirección no es de internet.',
    'L’adreça no és d’internet.',
  ],
  [{ silence: 'certificate' }, 'The certificate is not good.', 'El certificado no vale.', 'El certificat no val.'],
  [{ silence: 'connection' }, 'No connection came about.', 'No se pudo conectar.', 'No s’ha pogut connectar.'],
  [
    { silence: 'timeout' },
    'No answer came in time.',
    'No hubo respuesta a tiempo.',
    'No hi ha hagut resposta a temps.',
  ],
  [{ silence: 'of-another-release' }, 'No answer came.', 'No hubo respuesta.', 'No hi ha hagut resposta.'],
])('%o is said in words', (outcome, ...said) => {
  expect([en, es, ca].map((words) => writtenOutcome({ milliseconds: 12, ...outcome }, words))).toEqual(said);
});
