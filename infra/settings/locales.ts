import * as z from 'zod';
import { isLanguageTag } from '../../functions/runtime/languageTag.ts';
import { ianaZone } from '../../functions/runtime/times/ianaZone.ts';
import { quoteForMessage } from './kinds.ts';

/** A language of templates. */
export const languageTag = z
  .string({ error: 'Must be language tags such as en or pt-BR.' })
  .refine(isTemplateLanguage, {
    error: ({ input }) => `${quoteForMessage(input)} is no language tag (BCP 47) such as en or pt-BR.`,
  });

/** Tells whether text is a language tag that begins with a language of two or three letters: the name of a folder. */
export function isTemplateLanguage(given: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,4}$/i.test(given) && isLanguageTag(given);
}

/** A time zone by its IANA name. */
export const timeZone = z
  .string({ error: 'Must be text.' })
  .refine((given) => ianaZone(given) !== undefined, {
    error: ({ input }) => `${quoteForMessage(input)} is no IANA time zone such as Europe/Madrid.`,
  })
  .overwrite((given) => ianaZone(given) ?? given);
