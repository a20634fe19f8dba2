import { resolve } from 'node:path';
import type { AddressChannelName } from '../functions/deliveries/channels/channels.ts';
import { countryOf } from './settings/addresses.ts';
import { brokenAgreements, type Facts } from './settings/agreement.ts';
import { SettingsFault } from './settings/fault.ts';
import { loadMechanisms, mechanismsInUse } from './settings/mechanisms.ts';
import { parseSettings } from './settings/parse.ts';
import { regionFaults } from './settings/regions.ts';
import { settingsOfTheManual, type Values } from './settings/schema.ts';
import { type Given, gatherEntries, type SettingsSource } from './settings/source.ts';
import { type TemplateLanguages, templateLanguages } from './settings/templateLanguages.ts';
import { warningsOf } from './settings/warnings.ts';

type Restated =
  | 'inviteMechanisms'
  | 'templatePath'
  | 'languagesTemplates'
  | 'smsCountries'
  | 'remindBefore'
  | 'openBefore'
  | 'smsMaxPrice';

/** The settings that a deployment follows; `docs/settings.md` tells what each means. `stackName` ends in the stage. */
export type Settings = Readonly<Omit<Values, Restated>> & {
  readonly stage: string | undefined;
  readonly inviteMechanisms: readonly AddressChannelName[];
  /** The templates' folder, absolute. */
  readonly templatePath: string;
  /** The templates' languages; the first is the default one. */
  readonly languages: readonly [string, ...string[]];
  /** Whether the languages were set, rather than found: only then are templates checked for size and unused fields. */
  readonly languagesGiven: boolean;
  /** The countries that get SMS; empty where no SMS is sent and no phone number tells a country. */
  readonly smsCountries: readonly string[];
  readonly remindBeforeMinutes: number | undefined;
  readonly openBeforeMinutes: number;
  readonly smsMaxPriceUsd: number | undefined;
};

/**
 * Reads the settings from `meetings` in the context, an object or the same as JSON text.
 * Where a stage is given, its file stands over them. Where a wac.ini is given, its `[meetings]` replaces those of
 * Quobis's manual, and the others where it names them.
 *
 * @throws SettingsFault with all faults together.
 */
export function readSettings(context: unknown, source: SettingsSource): { settings: Settings; warnings: string[] } {
  const given = gatherEntries(context, source);
  const { values, faults } = parseSettings(given.entries);
  const faulty = new Set<string>(faults.map(({ setting }) => setting));
  if (given.faults.length > 0) for (const name of settingsOfTheManual) faulty.add(name);
  const mechanisms = loadMechanisms(values.inviteMechanisms);
  const facts = factsOf(values, mechanisms.loaded);
  const templates = findTemplates(facts, given);
  const ofTemplates = faulty.has('templatePath') || faulty.has('languagesTemplates') ? [] : templates.faults;
  const stackName = stackNameOf(values, source.stage);
  const ofStage = stackName.length > 128 ? [tooLong] : [];
  const together = [...brokenAgreements(facts, faulty), ...regionFaults(values, source.region)];
  const all = [...given.faults, ...ofStage, ...faults, ...together, ...ofTemplates];
  if (all.length > 0) throw new SettingsFault(all);
  const warnings = [...given.warnings, ...mechanisms.warnings, ...templates.warnings, ...warningsOf(facts)];
  return { settings: { ...completeSettings(facts, templates), stackName, stage: source.stage || undefined }, warnings };
}

const tooLong = {
  setting: 'stage',
  message: 'With stackName before it, it is longer than the 128 characters that CloudFormation allows a stack.',
};

/** A stage's stack is another stack, and so is all that is named after it. */
function stackNameOf({ stackName }: Values, stage: string | undefined): string {
  return stage ? `${stackName}-${stage}` : stackName;
}

function factsOf(values: Values, inviteMechanisms: readonly AddressChannelName[]): Facts {
  const phoneCountry = values.pstnExtension && countryOf(values.pstnExtension);
  return {
    ...values,
    inviteMechanisms,
    mechanismsInUse: mechanismsInUse(inviteMechanisms, values),
    smsCountries: values.smsCountries ?? (phoneCountry ? [phoneCountry] : []),
    domain: values.domain ?? (values.linkHost && new URL(values.linkHost).hostname),
  };
}

function findTemplates({ templatePath, languagesTemplates, mechanismsInUse }: Facts, { templates }: Given) {
  const folder = templatePath === undefined ? templates.otherwise : resolve(templates.from, templatePath);
  return { folder, ...templateLanguages(folder, mechanismsInUse, languagesTemplates) };
}

/** States the settings once more as the stack reads them: nothing left open, units in the names. */
function completeSettings(
  facts: Facts,
  { folder, languages }: TemplateLanguages & { folder: string },
): Omit<Settings, 'stage'> {
  const { languagesTemplates, remindBefore, openBefore, smsMaxPrice, mechanismsInUse: _, ...rest } = facts;
  return {
    ...rest,
    templatePath: folder,
    languages,
    languagesGiven: languagesTemplates !== undefined,
    remindBeforeMinutes: remindBefore,
    openBeforeMinutes: openBefore,
    smsMaxPriceUsd: smsMaxPrice,
  };
}
