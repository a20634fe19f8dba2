import { expect, test } from 'vitest';
import { writtenDuration } from '../../../functions/pages/console/times/duration.ts';
import { ca } from '../../../functions/pages/console/words/ca.ts';
import { en } from '../../../functions/pages/console/words/en.ts';
import { es } from '../../../functions/pages/console/words/es.ts';

test.each([
  [0, 'less than a minute', 'menos de un minuto', 'menys d’un minut'],
  [29, 'less than a minute', 'menos de un minuto', 'menys d’un minut'],
  [60, '1 minute', '1 minuto', '1 minut'],
  [3_541, '59 minutes', '59 minutos', '59 minuts'],
  [3_600, '1 hour', '1 hora', '1 hora'],
  [3_662, '1 hour 1 minute', '1 hora 1 minuto', '1 hora 1 minut'],
  [90_000, '25 hours', '25 horas', '25 hores'],
])('%i seconds are written as %s', (seconds, ...written) => {
  expect([en, es, ca].map((words) => writtenDuration(seconds, words))).toEqual(written);
});
