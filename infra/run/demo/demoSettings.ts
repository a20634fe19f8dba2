import { shippedLanguages } from '../../templates/shippedLanguages.ts';

/** Settings that show all there is: every channel, and a reminder that need not be waited for long. */
export const demoSettings = {
  inviteMechanisms: ['email', 'sms'],
  languagesTemplates: shippedLanguages,
  mailIdentity: 'Meetings <meetings@example.org>',
  pstnExtension: '+34999999999',
  timeZone: 'Europe/Madrid',
  remindBefore: 1,
  pushApplications: { fcm: 'arn:aws:sns:eu-west-1:000000000000:app/GCM/demo' },
};
