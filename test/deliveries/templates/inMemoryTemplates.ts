import { renderer } from '../../../functions/deliveries/templates/rendering.ts';
import { parts, type Template } from '../../../infra/templates/folder.ts';
import { loadTemplates } from '../../../infra/templates/load.ts';

/** A renderer of templates that are given by their path, `email/en/text.hbs`; the parts left out are empty. */
export async function rendererOf(files: Record<string, string>, languages = ['en']) {
  const templates = languages.flatMap((language) =>
    (['email', 'sms'] as const).flatMap((channel) =>
      parts[channel].map((part): Template => {
        const name = `${channel}/${language}/${part}.hbs`;
        return { file: name, name, source: files[name] ?? '', channel, language, part };
      }),
    ),
  );
  return renderer(await loadTemplates({ templates, partials: [] }, languages));
}
