import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../infra/settings.ts';
import { faultsOf, project } from './settingsProject.ts';

const certificate = (region: string) =>
  `arn:aws:acm:${region}:111122223333:certificate/11112222-3333-4444-5555-666677778888`;
const application = (region: string) => `arn:aws:sns:${region}:111122223333:app/GCM/meetings`;
const secret = (region: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:turn-AbCdEf`;

const hosts = { linkHost: 'https://meetings.example.org', socketHost: 'wss://sockets.example.org' };
const faults = (settings: object, region?: string) =>
  faultsOf(() => readSettings({ ...hosts, ...settings }, { projectDirectory: project, region }));

describe('what the settings name by ARN', () => {
  it('is taken where all is of one region, and of the stack’s where that is known', () => {
    const settings = {
      certificateArn: certificate('eu-west-1'),
      pushApplications: { fcm: application('eu-west-1') },
      turnSecret: secret('eu-west-1'),
      shortenerToken: '/meetings/bitly',
    };

    expect(faults(settings)).toEqual([]);
    expect(faults(settings, 'eu-west-1')).toEqual([]);
  });

  it.each([
    [
      { certificateArn: certificate('us-east-1'), socketCertificateArn: certificate('eu-west-1') },
      undefined,
      ["socketCertificateArn: Is of eu-west-1, and certificateArn is of us-east-1: all must be of the stack's region."],
    ],
    [
      { pushApplications: { fcm: application('us-east-1') }, turnSecret: secret('eu-west-1') },
      undefined,
      ["turnSecret: Is of eu-west-1, and pushApplications is of us-east-1: all must be of the stack's region."],
    ],
    [
      { certificateArn: certificate('us-east-1') },
      'eu-west-1',
      ["certificateArn: Is of us-east-1, and the stack is deployed to eu-west-1: all must be of the stack's region."],
    ],
    [
      { pushApplications: { fcm: application('us-east-1') }, shortenerToken: secret('us-west-2') },
      'eu-west-1',
      [
        "pushApplications: Is of us-east-1, and the stack is deployed to eu-west-1: all must be of the stack's region.",
        "shortenerToken: Is of us-west-2, and the stack is deployed to eu-west-1: all must be of the stack's region.",
      ],
    ],
  ])('is refused where it is of another: %j, deployed to %s', (settings, region, said) => {
    expect(faults(settings, region)).toEqual(said);
  });
});
