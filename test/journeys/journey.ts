import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inject } from 'vitest';
import { type LocalService, type LocalServiceOptions, startLocalService } from '../../infra/local/localService.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { testDeployment } from '../bundles.ts';

/** How long a journey waits for what should follow at once, on a machine that is busy. */
export const within = { timeout: 20_000, interval: 50 };

/** Settings with every channel on. */
export const everyChannel = {
  inviteMechanisms: ['email', 'sms'],
  languagesTemplates: shippedLanguages,
  mailIdentity: 'Meetings <meetings@example.org>',
  pstnExtension: '+34999999999',
  remindBefore: 10,
  pushApplications: { fcm: 'arn:aws:sns:eu-west-1:000000000000:app/GCM/test' },
};

export interface Journey extends LocalService {
  /** Stops the service, and removes its state. */
  end(): Promise<void>;
}

/** The service, whole, with a state folder of its own; its permissions are judged at the end of the run. */
export async function beginJourney(
  settings: object = {},
  options: Partial<LocalServiceOptions> = {},
): Promise<Journey> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'journey-'));
  const deployment = await testDeployment({ ...everyChannel, ...settings });
  const ledgerFile = join(inject('runDirectory'), 'ledgers', `${basename(stateDirectory)}.jsonl`);
  const service = await startLocalService({ stateDirectory, deployment, ledgerFile, ...options });
  return {
    ...service,
    end: async () => {
      await service.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}

/** A meeting as the API shows it, as far as journeys look. */
export interface ShownMeeting {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  readonly validSince: string;
  readonly validUntil: string;
  readonly revision: number;
  readonly sequence: number;
  readonly status: string;
  readonly participants: readonly ShownParticipant[];
}

export interface ShownParticipant {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}

export const inAnHour = () => Date.now() + 3_600_000;
