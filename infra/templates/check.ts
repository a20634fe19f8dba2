import type { Channel } from '../../functions/deliveries/channels/channels.ts';
import { email } from '../../functions/deliveries/channels/email/email.ts';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import type { BrandFacts } from '../../functions/deliveries/templates/templateData.ts';
import { partialName } from './compile.ts';
import { alternatives, dialInFields, expectedFields } from './fields.ts';
import {
  type Folder,
  hasOrganizerTemplates,
  organizerChannels,
  organizerFolder,
  readOrganizerTemplates,
  readTemplates,
  shippedAmong,
  type TemplateSource,
} from './folder.ts';
import { type Findings, inspectTemplate } from './inspect.ts';
import { compileTemplates } from './load.ts';
import { type Program, parseTemplate } from './parse.ts';
import { missingOrganizerTemplates, missingTemplates, strayTemplates } from './presence.ts';
import { fullSample } from './sample.ts';
import { untoldLetters } from './substitutes.ts';
import { largeSmsTemplates, type Trial, tryTemplates } from './trial.ts';

export interface CheckOptions {
  readonly directory: string;
  readonly languages: readonly string[];
  /** Whether an operator named the languages: only then are they told of sizes and of fields left out. */
  readonly languagesGiven: boolean;
  /** The mechanisms in use; templates of the others are not looked at. */
  readonly mechanisms: readonly Channel[];
  /** The address that mail comes from. */
  readonly mailIdentity?: string | undefined;
  /** The number by which people can join, where there is one. */
  readonly pstnExtension?: string | undefined;
  /** Whose service it is. */
  readonly brand?: BrandFacts | undefined;
  /** A link as long as the real ones; a shortened one where it is absent. */
  readonly link?: string | undefined;
  /** The same of an SMS's own link. */
  readonly shortLink?: string | undefined;
  /** Whether organizers get letters of their own. Default: false. */
  readonly organizerMail?: boolean | undefined;
}

/** Every sentence begins with the file, and the line where it is of one, but for those of Quobis's manual. */
export interface Check {
  readonly faults: string[];
  readonly warnings: string[];
}

/** Looks through an operator's templates: what keeps them from being used, and what they may not have meant. */
export async function checkTemplates(options: CheckOptions): Promise<Check> {
  const { directory, languages, mechanisms, organizerMail } = options;
  const toParticipants = await checkLetters(options, {
    missing: missingTemplates(directory, languages, mechanisms),
    stray: strayTemplates(directory, languages),
    folder: usedOf(readTemplates(directory, languages), mechanisms),
  });
  const isWritten = organizerMail && organizerChannels.some(({ name }) => mechanisms.includes(name));
  const toOrganizers = isWritten ? await checkOrganizerLetters(options) : { faults: [], warnings: [] };
  return {
    faults: withoutRepetitions([...toParticipants.faults, ...toOrganizers.faults]),
    warnings: withoutRepetitions([...toParticipants.warnings, ...toOrganizers.warnings]),
  };
}

/** Those that come with the service are sound, and speak its own languages alone. */
async function checkOrganizerLetters(options: CheckOptions): Promise<Check> {
  const { directory, languages } = options;
  const folder = readOrganizerTemplates(directory, languages);
  if (hasOrganizerTemplates(directory)) {
    const missing = missingOrganizerTemplates(directory, languages);
    return await checkLetters({ ...options, toOrganizer: true }, { missing, stray: [], folder });
  }
  const spoken = shippedAmong(languages);
  const unspoken = languages.filter((language) => !spoken.includes(language));
  const warnings = unspoken.map(
    (language) =>
      `${organizerFolder}/${email.name}/${language}: there is no such folder, so organizers read of their own meetings in ${spoken[0]}`,
  );
  return { faults: [], warnings };
}

interface Letters {
  readonly missing: readonly string[];
  readonly stray: readonly string[];
  readonly folder: Folder;
}

async function checkLetters(
  options: CheckOptions & Pick<Trial, 'toOrganizer'>,
  { missing, stray, folder }: Letters,
): Promise<Check> {
  const { languages, languagesGiven, toOrganizer } = options;
  const { findings, faults } = inspectAll(folder, toOrganizer);
  const warnings = [...stray, ...findings.flatMap(({ found }) => found.warnings)];
  const unfit = [...missing, ...faults, ...findings.flatMap(({ found }) => found.faults)];
  if (unfit.length > 0) return { faults: unfit, warnings };
  const place = toOrganizer ? `${organizerFolder}/` : '';
  const trial = { ...options, templates: { ...(await compileTemplates(folder, languages)), place } };
  const failing = tryTemplates(trial);
  if (failing.length === 0) warnings.push(...untoldWarnings(trial));
  if (languagesGiven && failing.length === 0) warnings.push(...templateWarnings(findings, trial));
  return { faults: failing, warnings };
}

interface Inspected {
  readonly template: TemplateSource;
  readonly found: Findings;
}

function usedOf({ templates, partials }: Folder, mechanisms: readonly Channel[]): Folder {
  return { templates: templates.filter(({ channel }) => mechanisms.includes(channel)), partials };
}

function inspectAll(
  { templates, partials }: Folder,
  toOrganizer: boolean | undefined,
): { findings: Inspected[]; faults: string[] } {
  const data = fullSample({ channel: email, action: 'invite', toOrganizer });
  const included = new Map<string, Program>();
  const faults: string[] = [];
  for (const { name, source } of partials) {
    const parsed = parseTemplate(name, source);
    if (parsed.program) included.set(partialName(name), parsed.program);
    faults.push(...parsed.faults);
  }
  if (faults.length > 0) return { findings: [], faults };
  const findings = templates.flatMap((template) => {
    const parsed = parseTemplate(template.name, template.source);
    faults.push(...parsed.faults);
    if (!parsed.program) return [];
    const surroundings = { data, partials: template.kind === 'escaped' ? included : undefined };
    return [{ template, found: inspectTemplate(parsed.program, surroundings) }];
  });
  return { findings, faults };
}

/** Which letters the service words by itself, since the operator's templates would send them as another one. */
function untoldWarnings({ templates, languages, toOrganizer }: Pick<Trial, 'templates' | 'languages' | 'toOrganizer'>) {
  const why = toOrganizer ? '' : ', so the words that come with the service are sent there';
  return Object.entries(untoldLetters(templates, languages, toOrganizer)).flatMap(([channel, byLanguage]) =>
    Object.entries(byLanguage).map(
      ([language, actions]) =>
        `${templates.place ?? ''}${channel}/${language}/text.hbs: reads the same for ${new Intl.ListFormat('en').format(actions)} ` +
        `as for another action${why}: tell them apart by {{#if (is action "…")}}`,
    ),
  );
}

/** The two warnings of Quobis's manual, in its words. */
function templateWarnings(findings: Inspected[], trial: CheckOptions & Trial): string[] {
  const large = trial.mechanisms.includes(sms.name) && !trial.toOrganizer ? largeSmsTemplates(trial) : [];
  return [
    ...large.map((name) => `The sms template ${name} is too large. It will be sent several SMS by meeting`),
    ...findings.flatMap(({ template, found }) =>
      expectedOf(template, trial)
        .filter((field) => !found.used.has(field) && !found.used.has(alternatives.get(field) ?? field))
        .map((field) => `Field ${field} hasn't been used in ${template.name}`),
    ),
  ];
}

function expectedOf({ channel, part }: TemplateSource, { pstnExtension }: CheckOptions): readonly string[] {
  const expected = expectedFields[channel];
  if (!expected || (part !== 'html' && part !== 'text')) return [];
  return pstnExtension === undefined ? expected : [...expected, ...dialInFields];
}

function withoutRepetitions(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}
