import { contrast, readableContrast } from '../../functions/runtime/brand/contrast.ts';
import { addIssue, textMatching } from './kinds.ts';
import { manual } from './manual.ts';

const color = textMatching(/^#[0-9a-f]{6}$/i, 'Must be a colour such as #0b5d3b.').transform((given, context) => {
  const ratio = contrast(given.toLowerCase(), '#ffffff');
  if (ratio >= readableContrast) return given.toLowerCase();
  const sentence = `White on ${given} has a contrast of ${ratio.toFixed(2)} to 1, and text needs ${readableContrast} (WCAG 2.2, 1.4.3): take a darker one.`;
  return addIssue(context, sentence);
});

/** Whose service it is, to those who get its mails and open its pages. */
export const brand = {
  brandName: textMatching(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,60}$/u, 'Must be 1 to 60 characters on one line.')
    .optional()
    .register(manual, {
      meaning: 'Who invites, as mails and pages say.',
      values: 'text of 1 to 60 characters',
      example: 'Vidal & Ros',
      blank: 'mails come from “Meetings”, in the reader’s language',
    }),
  brandColor: color.optional().register(manual, {
    meaning:
      'The colour of buttons and links in mails and pages; white must be readable on it. What is drawn on dark grounds is made lighter by as much as it needs.',
    values: 'a colour, `#rrggbb`, with a contrast of 4.5 to white',
    example: '#0b5d3b',
  }),
};
