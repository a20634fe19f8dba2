import { doorStories } from './doors.ts';
import { failureStories } from './failures.ts';
import { meetingStories } from './meetings.ts';
import { otherStories } from './otherSettings.ts';
import { peopleStories } from './people.ts';
import { roomStories, turnSecret } from './rooms.ts';
import type { Story } from './stage.ts';
import { webhookStories } from './webhooks.ts';

/** A service with its settings, and what is told of it. */
export interface Part {
  readonly name: string;
  readonly settings: object;
  readonly stories: readonly Story[];
}

/** Through every door and every function: what the service can do, in stories that need nothing of each other. */
export const tour: readonly Part[] = [
  {
    name: 'with rooms of its own',
    settings: {
      remindMechanisms: ['push', 'email', 'sms'],
      maxSendRate: 501,
      iceServers: ['turn:turn.example.org'],
      turnSecret,
    },
    stories: [
      ...doorStories,
      ...meetingStories,
      ...peopleStories,
      ...roomStories,
      ...webhookStories,
      ...failureStories,
    ],
  },
  {
    name: 'with a Jitsi server, links that end in a name, short links, and a named configuration set',
    settings: {
      configurationSet: 'tour',
      jitsiHost: 'jitsi.example.org',
      linkFormat: 'user',
      shortenerToken: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:shortener-AbCdEf',
    },
    stories: otherStories,
  },
];
