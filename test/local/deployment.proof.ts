import { describe, expect, onTestFinished, test } from 'vitest';
import { startLocalService } from '../../infra/local/localService.ts';
import { testDeployment } from '../bundles.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

const aws = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;

describe('startLocalService', () => {
  test('runs the stack with every setting that adds to it', async () => {
    const service = await startLocalService({
      stateDirectory: temporaryDirectory(),
      deployment: await testDeployment({
        linkHost: 'https://meetings.example.org',
        certificateArn: aws('acm', 'certificate/11112222-3333-4444-5555-666677778888'),
        socketHost: 'wss://sockets.example.org',
        socketCertificateArn: aws('acm', 'certificate/99998888-7777-6666-5555-444433332222'),
        inviteMechanisms: ['email', 'sms'],
        shortenerToken: '/meetings/shortener-token',
        turnSecret: 'secretsmanager:turn',
        iceServers: ['turns:turn.example.org:443?transport=tcp'],
        pstnExtension: '+34999999999',
        remindBefore: 10,
        remindMechanisms: ['push', 'email', 'sms'],
        pushApplications: {
          fcm: aws('sns', 'app/GCM/meetings'),
          apns: aws('sns', 'app/APNS/meetings'),
          'apns-sandbox': aws('sns', 'app/APNS_SANDBOX/meetings'),
        },
        mailIdentity: 'Meetings <meetings@example.org>',
        configurationSet: 'meetings',
        smsOrigination: 'Meetings',
        alarmEmail: 'operators@example.org',
        issuer: 'https://login.example.org/',
        audience: ['meetings'],
        capabilitiesClaim: 'capabilities',
        allowedOrigins: ['https://app.example.org'],
      }),
    });
    onTestFinished(service.stop);

    const response = await fetch(`${service.url}/users/me`, {
      headers: { authorization: `Bearer ${await service.token('alice')}`, origin: 'https://app.example.org' },
    });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ email: 'alice@example.org' });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    expect(service.denied()).toEqual([]);
  }, 60_000);
});
