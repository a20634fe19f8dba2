import { type Email, renderer, type Sms } from '../../functions/deliveries/templates/rendering.ts';
import type { Action } from '../../functions/deliveries/templates/templateData.ts';
import type { CheckOptions } from './check.ts';
import { readTemplates } from './folder.ts';
import { loadTemplates } from './load.ts';
import { actions, fullSample } from './sample.ts';

/** What one person would receive of one occasion. */
export type Exhibit = { language: string; action: Action; email: Email | undefined; sms: Sms | undefined };

/** Renders the sample meeting in every language and for every occasion. */
export async function showcase({ directory, languages, mechanisms, link, pstnExtension }: CheckOptions) {
  const templates = await loadTemplates(readTemplates(directory, languages), languages);
  const { renderEmail, renderSms } = renderer(templates);
  return languages.flatMap((language) =>
    actions.map((action): Exhibit => {
      const data = (channel: 'email' | 'sms') => fullSample({ channel, action, link, pstnExtension });
      return {
        language,
        action,
        email: mechanisms.includes('email') ? renderEmail({ language, data: data('email') }) : undefined,
        sms: mechanisms.includes('sms') ? renderSms({ language, data: data('sms') }) : undefined,
      };
    }),
  );
}
